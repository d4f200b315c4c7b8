// What a page tells its scripts: made by `make types` from `page_data.py`, and not to be edited.

/** The style sheet of what the scripts show at once; a script of the page begins with it. */
declare global {
  const openingStyle: string;
}

export type Told = string | string[][];
export type SeaData = [Told, string, number, number, number];
export type TownData = [Told, number, number, string, number];

/** Where the plane lies on the map that moves, and how large things are on it. */
export interface PlaneData {
  size: [number, number];
  reach: number[];
  placed: number[];
  steps: number;
  zoom: number;
  kilometre: number;
}

/** A state or territory: how it is drawn, and what is told of it; what is empty is left out. */
export interface JurisdictionData {
  name?: Told;
  level?: string;
  cover?: "full" | "edge" | "plain" | "striped";
  territory?: boolean;
  status?: Told;
  csto?: boolean;
  told_only?: boolean;
  on_route?: boolean;
  parent?: string;
  told?: number[];
}

/** The base map of others, where one was asked for. */
export interface TilesData {
  address: string;
  subdomains: string;
  maxZoom: number;
}

/** The words of the scripts themselves; that of scale has a field. */
export interface TextsData {
  map: Told;
  zoom_in: Told;
  zoom_out: Told;
  hint: Told;
  close: Told;
  csto: Told;
  scale: Told;
  aim: Record<string, Told>;
  lengths: [number, string][];
}

/** Land that a state claims since its day: its pieces, and the words on it. */
export interface ClaimData {
  label: Told;
  pieces: string[];
  state: string;
}

/** What an area has in common, outlined or shaded: its square on a leader. */
export interface AreaData {
  id: string;
  country: string;
  mark: string;
  title: Told;
  note: Told;
  stayed: "barred" | "open" | null;
  tells: string[];
  pole: number[];
}

/** The half of a country, with its box on the plane. */
export interface VagueAreaData {
  id: string;
  country: string;
  mark: string;
  title: Told;
  note: Told;
  stayed: "barred" | "open" | null;
  tells: string[];
  pole: number[];
  box: number[];
}

/** A border that was crossed nobody says where, perhaps back again. */
export interface CrossingData {
  id: string;
  mark: string;
  back: boolean;
  title: Told;
  tells: string[];
  lines: string;
}

/** A country that a step names: its land borders, as path data. */
export interface OutlineData {
  id: string;
  lines: string;
}

/** What is marked on the land. */
export interface LandmarksData {
  regions: AreaData[];
  areas: VagueAreaData[];
  crossings: CrossingData[];
  outlines: OutlineData[];
}

/** A place with the stops that visit it. */
export interface MarkerData {
  id: string;
  symbol: "site" | "settlement" | "inferred" | "unplaced" | "described" | "area" | "country" | "border" | "withheld" | "not_stated" | "unknown";
  mark: string;
  title: Told;
  position: number[];
  tab: "left" | "right" | null;
  stayed: "barred" | "open" | null;
  tells: string[];
}

/** What a leg and an attempt have in common: a line in its lane. */
export interface StrokeData {
  id: string;
  kind: "documented" | "schematic" | "great_circle";
  caption: Told;
  parts: number[][][];
  lane: number;
  tells: string[];
}

/** A leg, or a run of legs; `party` are the classes of its travellers. */
export interface LineData {
  id: string;
  kind: "documented" | "schematic" | "great_circle";
  caption: Told;
  parts: number[][][];
  lane: number;
  tells: string[];
  forced: boolean;
  party: string;
}

/** An attempt: to a target that is drawn if it is hollow. */
export interface WayData {
  id: string;
  kind: "documented" | "schematic" | "great_circle";
  caption: Told;
  parts: number[][][];
  lane: number;
  tells: string[];
  attempted: "barred" | "open";
  target: number[];
  title: Told;
  hollow: boolean;
}

/** All of it. */
export interface PageData {
  regions: AreaData[];
  areas: VagueAreaData[];
  crossings: CrossingData[];
  outlines: OutlineData[];
  plane: PlaneData;
  jurisdictions: Record<string, JurisdictionData>;
  sentences: Told[];
  tiles: TilesData | null;
  texts: TextsData;
  claims: ClaimData[];
  seas: SeaData[];
  cities: TownData[];
  rules: Record<string, number>;
  letters: Record<string, Told>;
  steps: Record<string, string[]>;
  markers: MarkerData[];
  lines: LineData[];
  ways: WayData[];
}
