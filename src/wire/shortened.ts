/** Texts of an ERP as expressions may see them: none takes longer than a moment on so much, and no error says more. */

const MOST_CHARACTERS = 4096

export const shortened = (text: string): string => text.slice(0, MOST_CHARACTERS)
