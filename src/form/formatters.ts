/** Languages come from requests, so there must be an end to them. */
const KEPT_AT_MOST = 100;

/** Keeps formatters of `Intl`, each of which takes longer to make than all the rest of a form. */
function kept<Formatter>(make: (tag: string, unit: string) => Formatter) {
  const formatters = new Map<string, Formatter>();
  return (tag: string, unit = ''): Formatter => {
    const name = `${tag} ${unit}`;
    const found = formatters.get(name) ?? make(tag, unit);
    if (formatters.size >= KEPT_AT_MOST) formatters.clear();
    formatters.set(name, found);
    return found;
  };
}

/** Sizes in a unit, as people write them: `1.2 MB`. */
export const unitFormat = kept(
  (tag, unit) =>
    new Intl.NumberFormat(tag, {
      style: 'unit',
      unit,
      unitDisplay: unit === 'byte' ? 'long' : 'short',
      maximumFractionDigits: 1,
    }),
);

/** Choices: `images or PDF`. */
export const choiceFormat = kept((tag) => new Intl.ListFormat(tag, { type: 'disjunction' }));
