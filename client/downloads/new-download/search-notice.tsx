import { Button } from '../../ui/button.tsx';
import type { FileSearch } from './use-file-search.ts';
import type { NumberedFile } from './use-numbered-file.ts';

interface SearchNoticeProps {
  search: FileSearch;
  numbered: NumberedFile;
}

/** What is to be said where files would be listed. */
export default function SearchNotice({ search, numbered }: SearchNoticeProps) {
  if (numbered.state === 'unknown' && search.files.length === 0) {
    return <p className="finder-notice">There is no file {numbered.fileId}, or it is not shared with you.</p>;
  }
  if (search.state === 'down') {
    return (
      <p className="finder-notice">
        The catalogue does not answer. You can still type a file number.
        <Button look="quiet" onClick={search.tryAgain}>
          Try again
        </Button>
      </p>
    );
  }
  if (search.state === 'no-catalogue' && numbered.state === 'none') {
    return <p className="finder-notice">Files are asked for by their number here.</p>;
  }
  const nothing = search.state === 'found' && search.files.length === 0 && numbered.state === 'none';
  if (!nothing) return null;
  if (search.query === '') return <p className="finder-notice">The catalogue is empty.</p>;
  return <p className="finder-notice">No file matches “{search.query}”. Check the spelling, or type its number.</p>;
}
