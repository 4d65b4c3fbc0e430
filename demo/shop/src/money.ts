const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** `1250` as `€12.50`. */
export const price = (cents: number): string => euros.format(cents / 100);
