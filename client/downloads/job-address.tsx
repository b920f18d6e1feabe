import { use, type MouseEvent, type ReactNode } from 'react';
import { goTo } from '../ui/address.ts';
import { TabStop } from '../ui/tab-stop.ts';

const pattern = /^\/jobs\/([\w.~-]+)\/?$/;

/** The address of a job's details on this page. */
export const jobAddress = (jobId: string) => `/jobs/${jobId}`;

/** The job whose details an address asks for. */
export function jobIdIn({ pathname }: Pick<URL, 'pathname'>): string | null {
  return pattern.exec(pathname)?.[1] ?? null;
}

/** Shows a job's details. From those of another job it is no step of its own. */
export function openDetails(jobId: string): void {
  goTo(jobAddress(jobId) + window.location.search, { replace: jobIdIn(window.location) !== null });
}

interface JobLinkProps {
  jobId: string;
  className: string;
  children: ReactNode;
}

/** A link to a job's details that opens them here, and elsewhere when asked to. */
export function JobLink({ jobId, className, children }: JobLinkProps) {
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openDetails(jobId);
  };
  return (
    <a className={className} href={jobAddress(jobId)} aria-current={jobIdIn(window.location) === jobId || undefined} tabIndex={use(TabStop)} onClick={open}>
      {children}
    </a>
  );
}
