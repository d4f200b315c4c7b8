<!DOCTYPE qgis>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms|MapTips|AttributeTable|Temporal" labelsEnabled="1">
 <renderer-v2 type="RuleRenderer" symbollevels="1" forceraster="0">
  <rules key="periplus">
   <rule key="rule-0" symbol="0" label="Requesting state" filter="&quot;kind&quot; = 'state' AND &quot;risk_level&quot; = 'requesting_state' AND &quot;rule&quot; NOT IN ('R05')" />
   <rule key="rule-1" symbol="1" label="Critical" filter="&quot;kind&quot; = 'state' AND &quot;risk_level&quot; = 'critical' AND &quot;rule&quot; NOT IN ('R05')" />
   <rule key="rule-2" symbol="2" label="High" filter="&quot;kind&quot; = 'state' AND &quot;risk_level&quot; = 'high' AND &quot;rule&quot; NOT IN ('R05')" />
   <rule key="rule-3" symbol="3" label="Elevated" filter="&quot;kind&quot; = 'state' AND &quot;risk_level&quot; = 'elevated' AND &quot;rule&quot; NOT IN ('R05')" />
   <rule key="rule-4" symbol="4" label="Moderate" filter="&quot;kind&quot; = 'state' AND &quot;risk_level&quot; = 'moderate' AND &quot;rule&quot; NOT IN ('R05')" />
   <rule key="rule-5" symbol="5" label="Extradition suspended (removals and asylum not rated)" filter="&quot;kind&quot; = 'state' AND &quot;risk_level&quot; = 'suspended' AND &quot;rule&quot; NOT IN ('R05')" />
   <rule key="rule-6" symbol="6" label="Unknown" filter="&quot;kind&quot; = 'state' AND &quot;risk_level&quot; = 'unknown' AND &quot;rule&quot; NOT IN ('R05')" />
   <rule key="rule-7" symbol="7" label="Told in words, not rated" filter="&quot;kind&quot; = 'state' AND &quot;rule&quot; IN ('R05')" />
   <rule key="rule-8" symbol="8" label="Region under a claim: who holds what is not shown" filter="&quot;kind&quot; = 'claim'" />
   <rule key="rule-9" symbol="9" label="Requesting state, contested or leased" filter="&quot;kind&quot; = 'territory' AND &quot;risk_level&quot; = 'requesting_state'" />
   <rule key="rule-10" symbol="10" label="Critical, contested or leased" filter="&quot;kind&quot; = 'territory' AND &quot;risk_level&quot; = 'critical'" />
   <rule key="rule-11" symbol="11" label="High, contested or leased" filter="&quot;kind&quot; = 'territory' AND &quot;risk_level&quot; = 'high'" />
   <rule key="rule-12" symbol="12" label="Elevated, contested or leased" filter="&quot;kind&quot; = 'territory' AND &quot;risk_level&quot; = 'elevated'" />
   <rule key="rule-13" symbol="13" label="Moderate, contested or leased" filter="&quot;kind&quot; = 'territory' AND &quot;risk_level&quot; = 'moderate'" />
   <rule key="rule-14" symbol="14" label="Extradition suspended (removals and asylum not rated), contested or leased" filter="&quot;kind&quot; = 'territory' AND &quot;risk_level&quot; = 'suspended'" />
   <rule key="rule-15" symbol="15" label="Unknown, contested or leased" filter="&quot;kind&quot; = 'territory' AND &quot;risk_level&quot; = 'unknown'" />
   <rule key="rule-16" symbol="16" label="CSTO, a military alliance that Russia leads" filter="&quot;csto_member&quot;" />
  </rules>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="153,164,179,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="line_color" value="255,255,255,255" />
      <Option type="QString" name="line_width" value="0.825" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="153,52,53,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="line_color" value="255,255,255,255" />
      <Option type="QString" name="line_width" value="0.825" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="185,85,58,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="line_color" value="255,255,255,255" />
      <Option type="QString" name="line_width" value="0.825" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="3" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="205,127,70,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="line_color" value="255,255,255,255" />
      <Option type="QString" name="line_width" value="0.825" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="4" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="217,175,101,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="line_color" value="255,255,255,255" />
      <Option type="QString" name="line_width" value="0.825" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="5" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="231,229,225,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="line_color" value="177,171,167,255" />
      <Option type="QString" name="line_width" value="9.75" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="draw_inside_polygon" value="1" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="line_color" value="255,255,255,255" />
      <Option type="QString" name="line_width" value="0.825" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="6" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="241,243,244,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="PointPatternFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option type="QString" name="distance_x" value="4.5" />
      <Option type="QString" name="distance_x_unit" value="Point" />
      <Option type="QString" name="distance_y" value="4.5" />
      <Option type="QString" name="distance_y_unit" value="Point" />
     </Option>
     <symbol type="marker" name="@dots" alpha="1" clip_to_extent="1">
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="name" value="circle" />
        <Option type="QString" name="color" value="86,93,101,191" />
        <Option type="QString" name="outline_color" value="86,93,101,191" />
        <Option type="QString" name="outline_width" value="0" />
        <Option type="QString" name="outline_width_unit" value="Point" />
        <Option type="QString" name="size" value="1.425" />
        <Option type="QString" name="size_unit" value="Point" />
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="line_color" value="255,255,255,255" />
      <Option type="QString" name="line_width" value="0.825" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="7" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="250,249,246,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="line_color" value="255,255,255,255" />
      <Option type="QString" name="line_width" value="0.825" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="8" alpha="1" clip_to_extent="1">
    <layer class="PointPatternFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option type="QString" name="distance_x" value="4.5" />
      <Option type="QString" name="distance_x_unit" value="Point" />
      <Option type="QString" name="distance_y" value="4.5" />
      <Option type="QString" name="distance_y_unit" value="Point" />
     </Option>
     <symbol type="marker" name="@dots" alpha="1" clip_to_extent="1">
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="name" value="circle" />
        <Option type="QString" name="color" value="86,93,101,191" />
        <Option type="QString" name="outline_color" value="86,93,101,191" />
        <Option type="QString" name="outline_width" value="0" />
        <Option type="QString" name="outline_width_unit" value="Point" />
        <Option type="QString" name="size" value="1.425" />
        <Option type="QString" name="size_unit" value="Point" />
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="line_color" value="86,93,101,255" />
      <Option type="QString" name="line_width" value="0.45" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="9" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="color" value="250,249,246,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option type="QString" name="angle" value="45" />
      <Option type="QString" name="distance" value="6" />
      <Option type="QString" name="distance_unit" value="Point" />
      <Option type="QString" name="line_width" value="3.3" />
      <Option type="QString" name="line_width_unit" value="Point" />
     </Option>
     <symbol type="line" name="@hatch" alpha="1" clip_to_extent="1">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="line_color" value="129,139,152,255" />
        <Option type="QString" name="line_width" value="3.3" />
        <Option type="QString" name="line_width_unit" value="Point" />
        <Option type="QString" name="capstyle" value="flat" />
        <Option type="QString" name="joinstyle" value="round" />
        <Option type="QString" name="use_custom_dash" value="0" />
        <Option type="QString" name="customdash" value="" />
        <Option type="QString" name="customdash_unit" value="Point" />
        <Option type="QString" name="offset_unit" value="Point" />
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="4">
     <Option type="Map">
      <Option type="QString" name="line_color" value="86,93,101,255" />
      <Option type="QString" name="line_width" value="0.525" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="10" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="color" value="250,249,246,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option type="QString" name="angle" value="45" />
      <Option type="QString" name="distance" value="6" />
      <Option type="QString" name="distance_unit" value="Point" />
      <Option type="QString" name="line_width" value="3.3" />
      <Option type="QString" name="line_width_unit" value="Point" />
     </Option>
     <symbol type="line" name="@hatch" alpha="1" clip_to_extent="1">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="line_color" value="153,52,53,255" />
        <Option type="QString" name="line_width" value="3.3" />
        <Option type="QString" name="line_width_unit" value="Point" />
        <Option type="QString" name="capstyle" value="flat" />
        <Option type="QString" name="joinstyle" value="round" />
        <Option type="QString" name="use_custom_dash" value="0" />
        <Option type="QString" name="customdash" value="" />
        <Option type="QString" name="customdash_unit" value="Point" />
        <Option type="QString" name="offset_unit" value="Point" />
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="4">
     <Option type="Map">
      <Option type="QString" name="line_color" value="86,93,101,255" />
      <Option type="QString" name="line_width" value="0.525" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="11" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="color" value="250,249,246,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option type="QString" name="angle" value="45" />
      <Option type="QString" name="distance" value="6" />
      <Option type="QString" name="distance_unit" value="Point" />
      <Option type="QString" name="line_width" value="3.3" />
      <Option type="QString" name="line_width_unit" value="Point" />
     </Option>
     <symbol type="line" name="@hatch" alpha="1" clip_to_extent="1">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="line_color" value="185,85,58,255" />
        <Option type="QString" name="line_width" value="3.3" />
        <Option type="QString" name="line_width_unit" value="Point" />
        <Option type="QString" name="capstyle" value="flat" />
        <Option type="QString" name="joinstyle" value="round" />
        <Option type="QString" name="use_custom_dash" value="0" />
        <Option type="QString" name="customdash" value="" />
        <Option type="QString" name="customdash_unit" value="Point" />
        <Option type="QString" name="offset_unit" value="Point" />
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="4">
     <Option type="Map">
      <Option type="QString" name="line_color" value="86,93,101,255" />
      <Option type="QString" name="line_width" value="0.525" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="12" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="color" value="250,249,246,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option type="QString" name="angle" value="45" />
      <Option type="QString" name="distance" value="6" />
      <Option type="QString" name="distance_unit" value="Point" />
      <Option type="QString" name="line_width" value="3.3" />
      <Option type="QString" name="line_width_unit" value="Point" />
     </Option>
     <symbol type="line" name="@hatch" alpha="1" clip_to_extent="1">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="line_color" value="205,127,70,255" />
        <Option type="QString" name="line_width" value="3.3" />
        <Option type="QString" name="line_width_unit" value="Point" />
        <Option type="QString" name="capstyle" value="flat" />
        <Option type="QString" name="joinstyle" value="round" />
        <Option type="QString" name="use_custom_dash" value="0" />
        <Option type="QString" name="customdash" value="" />
        <Option type="QString" name="customdash_unit" value="Point" />
        <Option type="QString" name="offset_unit" value="Point" />
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="4">
     <Option type="Map">
      <Option type="QString" name="line_color" value="86,93,101,255" />
      <Option type="QString" name="line_width" value="0.525" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="13" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="color" value="250,249,246,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option type="QString" name="angle" value="45" />
      <Option type="QString" name="distance" value="6" />
      <Option type="QString" name="distance_unit" value="Point" />
      <Option type="QString" name="line_width" value="3.3" />
      <Option type="QString" name="line_width_unit" value="Point" />
     </Option>
     <symbol type="line" name="@hatch" alpha="1" clip_to_extent="1">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="line_color" value="217,175,101,255" />
        <Option type="QString" name="line_width" value="3.3" />
        <Option type="QString" name="line_width_unit" value="Point" />
        <Option type="QString" name="capstyle" value="flat" />
        <Option type="QString" name="joinstyle" value="round" />
        <Option type="QString" name="use_custom_dash" value="0" />
        <Option type="QString" name="customdash" value="" />
        <Option type="QString" name="customdash_unit" value="Point" />
        <Option type="QString" name="offset_unit" value="Point" />
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="4">
     <Option type="Map">
      <Option type="QString" name="line_color" value="86,93,101,255" />
      <Option type="QString" name="line_width" value="0.525" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="14" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="color" value="250,249,246,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option type="QString" name="angle" value="45" />
      <Option type="QString" name="distance" value="6" />
      <Option type="QString" name="distance_unit" value="Point" />
      <Option type="QString" name="line_width" value="3.3" />
      <Option type="QString" name="line_width_unit" value="Point" />
     </Option>
     <symbol type="line" name="@hatch" alpha="1" clip_to_extent="1">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="line_color" value="177,171,167,255" />
        <Option type="QString" name="line_width" value="3.3" />
        <Option type="QString" name="line_width_unit" value="Point" />
        <Option type="QString" name="capstyle" value="flat" />
        <Option type="QString" name="joinstyle" value="round" />
        <Option type="QString" name="use_custom_dash" value="0" />
        <Option type="QString" name="customdash" value="" />
        <Option type="QString" name="customdash_unit" value="Point" />
        <Option type="QString" name="offset_unit" value="Point" />
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="4">
     <Option type="Map">
      <Option type="QString" name="line_color" value="86,93,101,255" />
      <Option type="QString" name="line_width" value="0.525" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="15" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option type="QString" name="color" value="250,249,246,255" />
      <Option type="QString" name="style" value="solid" />
      <Option type="QString" name="outline_style" value="no" />
     </Option>
    </layer>
    <layer class="PointPatternFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option type="QString" name="distance_x" value="4.5" />
      <Option type="QString" name="distance_x_unit" value="Point" />
      <Option type="QString" name="distance_y" value="4.5" />
      <Option type="QString" name="distance_y_unit" value="Point" />
     </Option>
     <symbol type="marker" name="@dots" alpha="1" clip_to_extent="1">
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option type="QString" name="name" value="circle" />
        <Option type="QString" name="color" value="86,93,101,191" />
        <Option type="QString" name="outline_color" value="86,93,101,191" />
        <Option type="QString" name="outline_width" value="0" />
        <Option type="QString" name="outline_width_unit" value="Point" />
        <Option type="QString" name="size" value="1.425" />
        <Option type="QString" name="size_unit" value="Point" />
       </Option>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="4">
     <Option type="Map">
      <Option type="QString" name="line_color" value="86,93,101,255" />
      <Option type="QString" name="line_width" value="0.525" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="capstyle" value="flat" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="use_custom_dash" value="0" />
      <Option type="QString" name="customdash" value="" />
      <Option type="QString" name="customdash_unit" value="Point" />
      <Option type="QString" name="offset_unit" value="Point" />
     </Option>
    </layer>
   </symbol>
   <symbol type="fill" name="16" alpha="1" clip_to_extent="1">
    <layer class="SimpleLine" enabled="1" locked="0" pass="5">
     <Option type="Map">
      <Option type="QString" name="line_color" value="51,42,92,255" />
      <Option type="QString" name="line_width" value="2.4" />
      <Option type="QString" name="line_width_unit" value="Point" />
      <Option type="QString" name="joinstyle" value="round" />
      <Option type="QString" name="draw_inside_polygon" value="1" />
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="CASE WHEN &quot;kind&quot; = 'territory' THEN coalesce(&quot;status&quot;, &quot;name_en&quot;) ELSE upper(&quot;name_en&quot;) END" isExpression="1" fontFamily="Open Sans" namedStyle="Regular" fontWeight="50" fontItalic="0" fontSize="8.25" fontSizeUnit="Point" textColor="22,25,29,217" textOpacity="1" multilineHeight="1.1">
    <families>
     <family name="Open Sans" />
     <family name="Noto Sans" />
     <family name="DejaVu Sans" />
     <family name="Liberation Sans" />
     <family name="Arial" />
     <family name="Helvetica" />
    </families>
    <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="Point" bufferColor="255,255,255,255" bufferOpacity="0.9" bufferJoinStyle="128" bufferNoFill="1" />
   </text-style>
   <text-format multilineAlign="1" wrapChar="" autoWrapLength="0" />
   <placement priority="8" distUnits="Point" placement="4" />
   <rendering obstacle="0" obstacleFactor="2" drawLabels="1" />
   <dd_properties>
    <Option type="Map">
     <Option type="QString" name="name" value="" />
     <Option type="Map" name="properties">
      <Option type="Map" name="PositionX">
       <Option type="bool" name="active" value="true" />
       <Option type="QString" name="expression" value="if(TRUE, &quot;label_lon&quot;, NULL)" />
       <Option type="int" name="type" value="3" />
      </Option>
      <Option type="Map" name="PositionY">
       <Option type="bool" name="active" value="true" />
       <Option type="QString" name="expression" value="if(TRUE, &quot;label_lat&quot;, NULL)" />
       <Option type="int" name="type" value="3" />
      </Option>
      <Option type="Map" name="Hali">
       <Option type="bool" name="active" value="true" />
       <Option type="QString" name="expression" value="'Center'" />
       <Option type="int" name="type" value="3" />
      </Option>
      <Option type="Map" name="Vali">
       <Option type="bool" name="active" value="true" />
       <Option type="QString" name="expression" value="'Half'" />
       <Option type="int" name="type" value="3" />
      </Option>
      <Option type="Map" name="Show">
       <Option type="bool" name="active" value="true" />
       <Option type="QString" name="expression" value="TRUE AND (&quot;kind&quot; &lt;&gt; 'claim' AND @map_scale &lt;= 559082264.0 / 2 ^ &quot;label_min_zoom&quot;)" />
       <Option type="int" name="type" value="3" />
      </Option>
     </Option>
     <Option type="QString" name="type" value="collection" />
    </Option>
   </dd_properties>
  </settings>
 </labeling>
 <aliases>
  <alias field="code" index="0" name="Code" />
  <alias field="kind" index="1" name="Kind" />
  <alias field="lies_over" index="2" name="Lies over others" />
  <alias field="name_en" index="3" name="Name" />
  <alias field="iso_a2" index="4" name="ISO alpha-2" />
  <alias field="iso_a3" index="5" name="ISO alpha-3" />
  <alias field="iso_n3" index="6" name="ISO numeric" />
  <alias field="wikidata" index="7" name="Wikidata" />
  <alias field="geonames" index="8" name="GeoNames" />
  <alias field="iso_3166_2" index="9" name="ISO 3166-2" />
  <alias field="sovereign" index="10" name="Sovereign" />
  <alias field="controller" index="11" name="Controller" />
  <alias field="status" index="12" name="Status" />
  <alias field="label_lon" index="13" name="Label longitude" />
  <alias field="label_lat" index="14" name="Label latitude" />
  <alias field="label_min_zoom" index="15" name="Label zoom" />
  <alias field="risk_level" index="16" name="Level" />
  <alias field="rule" index="17" name="Rule" />
  <alias field="reason" index="18" name="Reason" />
  <alias field="csto" index="19" name="CSTO" />
  <alias field="csto_from" index="20" name="CSTO since" />
  <alias field="csto_to" index="21" name="CSTO until" />
  <alias field="csto_from_edtf" index="22" name="CSTO since, as dated" />
  <alias field="csto_to_edtf" index="23" name="CSTO until, as dated" />
  <alias field="csto_note" index="24" name="CSTO note" />
  <alias field="csto_member" index="25" name="CSTO member" />
  <alias field="csto_member_from" index="26" name="CSTO member since" />
  <alias field="memberships" index="27" name="Memberships" />
  <alias field="legal_basis" index="28" name="Legal basis" />
  <alias field="practice" index="29" name="Practice" />
  <alias field="practice_searched" index="30" name="Practice searched" />
  <alias field="looked_for" index="31" name="Looked for" />
  <alias field="protection" index="32" name="Protection" />
  <alias field="forces" index="33" name="Foreign forces" />
  <alias field="recognised_by" index="34" name="Recognised by" />
  <alias field="penalties" index="35" name="Penalties" />
  <alias field="cautions" index="36" name="Cautions" />
  <alias field="doubts" index="37" name="Doubts" />
  <alias field="confidence" index="38" name="Confidence" />
  <alias field="evidence" index="39" name="Evidence" />
  <alias field="sources" index="40" name="Sources" />
  <alias field="as_of" index="41" name="As of" />
  <alias field="requesting_state" index="42" name="Requesting state" />
  <alias field="worldview" index="43" name="Worldview" />
 </aliases>
 <previewExpression>"name_en"</previewExpression>
 <fieldConfiguration>
  <field name="kind" configurationFlags="None">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option type="List" name="map">
       <Option type="Map">
        <Option type="QString" name="State" value="state" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="Territory, contested or specially administered" value="territory" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="Region under a claim" value="claim" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="risk_level" configurationFlags="None">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option type="List" name="map">
       <Option type="Map">
        <Option type="QString" name="Requesting state" value="requesting_state" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="Critical" value="critical" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="High" value="high" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="Elevated" value="elevated" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="Moderate" value="moderate" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="Extradition suspended" value="suspended" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="Unknown" value="unknown" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="csto" configurationFlags="None">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option type="List" name="map">
       <Option type="Map">
        <Option type="QString" name="member" value="member" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="member whose participation is frozen" value="participation-frozen" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="member that is leaving" value="withdrawing" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="associate" value="associate" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="observer" value="observer" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="observer at the parliamentary assembly" value="pa-observer" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="invited" value="invited" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="sub-bureau of a member" value="sub-bureau" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="member at air and sea borders only" value="member-air-sea-only" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="takes part without membership" value="de-facto" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="treaty in force" value="in-force" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="on the list" value="listed" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="former member" value="former-member" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="former party" value="former-participant" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="former observer" value="former-observer" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="no member" value="non-member" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="csto_from" configurationFlags="None">
   <editWidget type="DateTime">
    <config>
     <Option type="Map">
      <Option type="QString" name="display_format" value="yyyy-MM-dd" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="csto_to" configurationFlags="None">
   <editWidget type="DateTime">
    <config>
     <Option type="Map">
      <Option type="QString" name="display_format" value="yyyy-MM-dd" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="csto_member_from" configurationFlags="None">
   <editWidget type="DateTime">
    <config>
     <Option type="Map">
      <Option type="QString" name="display_format" value="yyyy-MM-dd" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="confidence" configurationFlags="None">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option type="List" name="map">
       <Option type="Map">
        <Option type="QString" name="Verified: read in an excerpt of the page" value="verified" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="Read in a copy of the page" value="copy" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="Verified in part" value="mixed" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="Recalled, with a page to check it against" value="recalled" />
       </Option>
       <Option type="Map">
        <Option type="QString" name="Rests on no fact" value="none" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="as_of" configurationFlags="None">
   <editWidget type="DateTime">
    <config>
     <Option type="Map">
      <Option type="QString" name="display_format" value="yyyy-MM-dd" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <attributetableconfig sortExpression="" sortOrder="0">
  <columns>
   <column type="field" name="fid" hidden="1" width="-1" />
   <column type="field" name="code" hidden="0" width="-1" />
   <column type="field" name="kind" hidden="0" width="-1" />
   <column type="field" name="lies_over" hidden="0" width="-1" />
   <column type="field" name="name_en" hidden="0" width="-1" />
   <column type="field" name="iso_a2" hidden="0" width="-1" />
   <column type="field" name="iso_a3" hidden="0" width="-1" />
   <column type="field" name="iso_n3" hidden="0" width="-1" />
   <column type="field" name="wikidata" hidden="0" width="-1" />
   <column type="field" name="geonames" hidden="0" width="-1" />
   <column type="field" name="iso_3166_2" hidden="0" width="-1" />
   <column type="field" name="sovereign" hidden="0" width="-1" />
   <column type="field" name="controller" hidden="0" width="-1" />
   <column type="field" name="status" hidden="0" width="-1" />
   <column type="field" name="label_lon" hidden="1" width="-1" />
   <column type="field" name="label_lat" hidden="1" width="-1" />
   <column type="field" name="label_min_zoom" hidden="1" width="-1" />
   <column type="field" name="risk_level" hidden="0" width="-1" />
   <column type="field" name="rule" hidden="0" width="-1" />
   <column type="field" name="reason" hidden="0" width="-1" />
   <column type="field" name="csto" hidden="0" width="-1" />
   <column type="field" name="csto_from" hidden="0" width="-1" />
   <column type="field" name="csto_to" hidden="0" width="-1" />
   <column type="field" name="csto_from_edtf" hidden="0" width="-1" />
   <column type="field" name="csto_to_edtf" hidden="0" width="-1" />
   <column type="field" name="csto_note" hidden="0" width="-1" />
   <column type="field" name="csto_member" hidden="0" width="-1" />
   <column type="field" name="csto_member_from" hidden="0" width="-1" />
   <column type="field" name="memberships" hidden="0" width="-1" />
   <column type="field" name="legal_basis" hidden="0" width="-1" />
   <column type="field" name="practice" hidden="0" width="-1" />
   <column type="field" name="practice_searched" hidden="0" width="-1" />
   <column type="field" name="looked_for" hidden="0" width="-1" />
   <column type="field" name="protection" hidden="0" width="-1" />
   <column type="field" name="forces" hidden="0" width="-1" />
   <column type="field" name="recognised_by" hidden="0" width="-1" />
   <column type="field" name="penalties" hidden="0" width="-1" />
   <column type="field" name="cautions" hidden="0" width="-1" />
   <column type="field" name="doubts" hidden="0" width="-1" />
   <column type="field" name="confidence" hidden="0" width="-1" />
   <column type="field" name="evidence" hidden="0" width="-1" />
   <column type="field" name="sources" hidden="0" width="-1" />
   <column type="field" name="as_of" hidden="0" width="-1" />
   <column type="field" name="requesting_state" hidden="0" width="-1" />
   <column type="field" name="worldview" hidden="0" width="-1" />
  </columns>
 </attributetableconfig>
 <mapTip>&lt;b&gt;[% replace(replace(replace(to_string("name_en"), '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;') %]&lt;/b&gt;[% '&lt;br&gt;' || replace(replace(replace(to_string("status"), '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;') %][% '&lt;br&gt;' || replace(replace(replace(to_string(map_get(map('requesting_state', 'Requesting state', 'critical', 'Critical', 'high', 'High', 'elevated', 'Elevated', 'moderate', 'Moderate', 'suspended', 'Extradition suspended', 'unknown', 'Unknown'), "risk_level")), '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;') %][% '&lt;br&gt;' || replace(replace(replace(to_string("reason"), '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;') %]</mapTip>
</qgis>
