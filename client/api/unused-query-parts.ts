// Stands in the built page for two parts of React Query that every client carries and that this page does not use: what
// it changes has a life of its own, and its pages of files are plain queries.

export class MutationCache {
  findAll = () => [];
  resumePausedMutations = () => Promise.resolve();
  clear = () => {};
}

export const infiniteQueryBehavior = () => undefined;
export const hasNextPage = () => false;
export const hasPreviousPage = hasNextPage;
