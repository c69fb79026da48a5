/** The steps of “Aa”. */
export const TEXT_SIZES = ["1rem", "1.25rem", "1.5rem", "2rem", "2.75rem"];
