/** The same port, with some methods done otherwise. */
export function overriding<Port extends object>(port: Port, own: Partial<Port>): Port {
  // Bound once each: every poll comes through here.
  const bound = new Map<string | symbol, unknown>();
  return new Proxy(port, {
    get(target, name) {
      if (bound.has(name)) return bound.get(name);
      const member: unknown = name in own ? own[name as keyof Port] : Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const method: unknown = member.bind(target);
      bound.set(name, method);
      return method;
    },
  });
}
