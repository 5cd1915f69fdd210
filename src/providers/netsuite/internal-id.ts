/** NetSuite's own ids of records. */

/** Internal ids are whole numbers, some negative; anything else cannot exist and must not become part of a path. */
export const isInternalId = (id: string): boolean => /^-?\d{1,18}$/.test(id)
