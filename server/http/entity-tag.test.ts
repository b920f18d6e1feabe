import { expect, it } from 'vitest';
import { matchesEntityTag } from './entity-tag.ts';

it('compares weakly, in a list, and takes a star', () => {
  const tag = 'W/"a.1.."';
  for (const header of ['W/"a.1.."', '"a.1.."', '"x", W/"a.1.."', '*', ' W/"a.1.." ']) expect(matchesEntityTag(header, tag), header).toBe(true);
  for (const header of [undefined, '', '"a.2.."', 'a.1..x']) expect(matchesEntityTag(header, tag), String(header)).toBe(false);
});
