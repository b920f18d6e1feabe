/** Formats in which deflating again saves nothing and costs time. */
const compressed = new Set(
  [
    '7z aab apk br bz2 cab crx deb dmg docx ear epub gz gzip jar kmz laz lz lz4 lzma odp ods odt pptx rar rpm tgz txz war xlsx xpi xz z zip zst',
    'aac ape flac m4a mp3 oga ogg opus wma',
    '3gp avi flv m4v mkv mov mp4 mpeg mpg ogv webm wmv',
    'avif gif heic heif j2k jp2 jpeg jpg jxl png webp',
    'pdf parquet orc woff woff2',
  ].flatMap((line) => line.split(' ')),
);

/** Whether the name says that its bytes are packed already. */
export function isCompressed(path: string): boolean {
  return compressed.has(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}
