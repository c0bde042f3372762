//! Going over long runs of bytes of which few matter.

/// So many bytes are asked at once.
const AT_ONCE: usize = 32;

/// Where the first such byte stands. Many are asked at once, without a branch: most texts are longer than a line.
pub(super) fn first(bytes: &[u8], such: impl Fn(u8) -> bool) -> Option<usize> {
    let mut chunks = bytes.chunks_exact(AT_ONCE);
    let quiet = chunks.by_ref().take_while(|chunk| !any(chunk, &such)).count() * AT_ONCE;
    let rest = bytes.get(quiet..)?;
    rest.iter().position(|byte| such(*byte)).map(|at| quiet + at)
}

/// Whether any byte is such. All are asked, without a branch: many at a time.
pub(super) fn any(bytes: &[u8], such: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |any, byte| any | such(*byte))
}

/// Whether a character that nobody sees, or a tab, may begin with this byte.
pub(super) fn may_hide(byte: u8) -> bool {
    (byte < 0x20) & (byte != b'\n') & (byte != b'\r')
        | (byte == 0x7f)
        | (byte == 0xc2)
        | (byte == 0xd8)
        | (byte == 0xe2)
        | (byte == 0xef)
        | (byte == 0xf3)
}
