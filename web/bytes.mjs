// Where the bytes of a program come from: the host. The single file has `bytes_inline.mjs` instead.

/** The file, or a failure if it is not the one that this page was built with. */
export const bytes = ({ name, integrity }) => fetch(name, { integrity });
