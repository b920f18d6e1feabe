import { expect, it } from 'vitest';
import { AddressRates } from './address-rates.ts';

it('lets each address do so much a second, and all of them together not more than so much', () => {
  const rates = new AddressRates({ ofAddress: 2, ofAll: 5 });
  const passed = (address: string, now: number) => Array.from({ length: 20 }, () => rates.take(address, now)).filter(Boolean).length;
  expect([passed('10.0.0.1', 0), passed('10.0.0.2', 0), passed('10.0.0.3', 0), passed('10.0.0.1', 1000)]).toEqual([4, 4, 2, 2]);
});

it('takes a whole network of IPv6 for one address', () => {
  const rates = new AddressRates({ ofAddress: 1, ofAll: 100 });
  const takes = ['2001:db8:1:1::1', '2001:db8:1:1::2', '2001:db8:1:1:a:b:c:d', '2001:db8:1:2::1'].map((address) => rates.take(address, 0));
  expect(takes).toEqual([true, true, false, true]);
});

it('does not grow with the number of addresses, and forgets nobody who was heard just now while others were quiet', () => {
  const rates = new AddressRates({ ofAddress: 1, ofAll: 1_000_000 });
  expect([rates.take('busy', 0), rates.take('busy', 0), rates.take('busy', 0)]).toEqual([true, true, false]);
  for (let nth = 0; nth < 4999; nth++) rates.take(`quiet-${nth}`, -10_000);
  rates.take('one more', 0);
  expect(rates.take('busy', 0)).toBe(false);
});
