import { noise } from './noise.ts';

/** What a file is about, and the formats in which such a thing is kept. */
const subjects = [
  'harbour-survey-pointcloud.laz .e57 .copc.laz', 'annual-accounts.pdf .xlsx', 'aerial-mosaic.tif .jp2', 'tide-gauge-readings.csv .parquet',
  'seabed-bathymetry.nc .tif', 'site-plan.dwg .pdf .dxf', 'board-minutes.docx .pdf', 'payroll-export.csv .xlsx', 'customer-orders.parquet .json',
  'drone-flight.mp4 .mov', 'wind-measurements.nc .csv', 'tree-inventory.geojson .gpkg', 'street-imagery.zip .tar.gz', 'noise-map.geojson .pdf',
  'traffic-counts.csv .xlsx', 'bridge-inspection.pdf .docx', 'borehole-logs.zip .csv', 'soil-samples.xlsx .csv', 'heritage-photographs.zip .tar',
  'oral-history-interview.flac .mp3 .wav', 'council-session.mp4 .mp3', 'radio-feature.mp3 .wav', 'concert-recording.flac .wav', 'podcast-master.wav',
  'press-kit.zip .pdf', 'brand-guidelines.pdf', 'product-catalogue.pdf .json', 'warehouse-stock.csv .xlsx', 'sensor-firmware.bin .zip',
  'router-config-backup.tar.gz', 'mail-archive.mbox .zip', 'database-snapshot.sql.gz .dump', 'web-server-logs.gz .jsonl', 'error-traces.jsonl .gz',
  'machine-learning-features.parquet .arrow', 'labelled-images.tar .zip', 'speech-corpus.tar.gz', 'map-tiles.mbtiles .pmtiles', 'elevation-model.tif .xyz.gz',
  'river-cross-sections.dxf .csv', 'flood-simulation.nc .zip', 'energy-consumption.csv .json', 'solar-yield-forecast.xlsx .csv', 'heat-network-model.ifc .zip',
  'school-building-model.ifc .rvt', 'stadium-rendering.png .blend', 'museum-scan.glb .obj', 'turbine-housing.step .stl', 'gearbox-drawing.dxf .pdf',
  'clinical-trial-tables.csv .xlsx', 'microscopy-stack.tif .czi', 'genome-reads.fastq.gz', 'protein-structures.cif', 'telescope-frames.fits .zip',
  'weather-radar.h5 .gif', 'satellite-scene.zip .tif', 'bird-ringing-records.csv', 'fishery-landings.xlsx .csv', 'ferry-timetable.gtfs.zip .pdf',
  'bus-positions.json .gz', 'grant-application.docx .pdf', 'tender-documents.zip', 'lease-agreement.pdf .docx', 'insurance-claims.csv .pdf',
  'training-slides.pptx .pdf', 'safety-manual.epub .pdf', 'newsletter.html .pdf', 'typeface-family.zip .otf', 'translation-memory.tmx .xlsx',
  'newspaper-scans.pdf .tar', 'herbarium-sheets.jpg .zip', 'museum-inventory.xml .csv', 'patent-drawings.pdf .svg', 'election-results.json .csv',
].map((line) => {
  const [first = '', ...others] = line.split(' ');
  const dot = first.indexOf('.');
  return { subject: first.slice(0, dot), extensions: [first.slice(dot), ...others] };
});

const places =
  'antwerp bergen bilbao brest bristol cadiz cork cuxhaven dover dunkirk esbjerg galway gdansk genoa ghent gothenburg haifa halifax hamburg helsinki hobart kiel kobe lagos leith limassol lisbon malmo marseille montevideo mombasa nantes oslo ostend oulu piraeus porto riga rostock rotterdam split stavanger tallinn tampere trieste tromso turku valencia varna vigo zeebrugge'.split(' ');
const details =
  'north south east west phase-1 phase-2 draft final revised approved v2 v3 q1 q2 q3 q4 january march may june september november lot-7 lot-12 site-a site-b raw cleaned'.split(' ');
const years = 8;

/** A name as people give them, such as `rotterdam-tide-gauge-readings-q3-2024.csv`; the same for the same id at any time. */
export function simulatedName(fileId: number): string {
  const { subject, extensions } = pick(subjects, fileId, 1);
  const extension = pick(extensions, fileId, 2);
  const year = 2026 - (noise(fileId, -3) % years);
  switch (noise(fileId, -4) % 4) {
    case 0: return `${subject}-${year}${extension}`;
    case 1: return `${pick(places, fileId, 5)}-${subject}-${year}${extension}`;
    case 2: return `${subject}-${pick(places, fileId, 5)}-${pick(details, fileId, 6)}${extension}`;
    default: return `${pick(places, fileId, 5)}-${subject}-${pick(details, fileId, 6)}-${year}${extension}`;
  }
}

/** Draws below zero, so that they share nothing with the bytes, which count from zero. */
function pick<T>(list: readonly T[], fileId: number, draw: number): T {
  return list[noise(fileId, -draw) % list.length]!;
}
