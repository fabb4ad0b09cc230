/** Fields that conditions are about, to be put into a form. */
export const TYPE = { fields: { 'Content-Type': 'image/png' } } as const;
export const META = { fields: { 'x-amz-meta-a': 'blue' } } as const;
