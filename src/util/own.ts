/**
 * A copy that has what the object has of its own, and nothing from `Object.prototype`: another script may have written
 * there.
 */
export const own = <T extends object>(object: T | undefined): T => Object.assign(Object.create(null), object);
