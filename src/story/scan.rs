//! Going over long runs of bytes of which few matter.

/// Where the first such byte stands. Many are asked at once, without a branch, and fewer near the end: most texts are
/// longer than a line, most names shorter than this.
#[inline]
pub(super) fn first(bytes: &[u8], such: impl Fn(u8) -> bool + Copy) -> Option<usize> {
    let long = quiet::<32>(bytes, such);
    let short = long + quiet::<8>(bytes.get(long..)?, such);
    let rest = bytes.get(short..)?;
    rest.iter().position(|byte| such(*byte)).map(|at| short + at)
}

/// How many bytes come before the first `N` of which one is such.
#[inline]
fn quiet<const N: usize>(bytes: &[u8], such: impl Fn(u8) -> bool + Copy) -> usize {
    let (chunks, _) = bytes.as_chunks::<N>();
    chunks.iter().take_while(|chunk| !any(*chunk, such)).count() * N
}

/// Whether any byte is such. All are asked, without a branch: many at a time.
#[inline]
pub(super) fn any(bytes: &[u8], such: impl Fn(u8) -> bool) -> bool {
    // As a number: of truths alone the compiler makes no vectors.
    bytes.iter().fold(0, |any, byte| any | u8::from(such(*byte))) != 0
}

/// How many letters, digits and `_` come first, before anything that is not ASCII.
#[inline]
pub(super) fn word(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count()
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
