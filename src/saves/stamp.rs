//! Seconds in words. This layer reads no clock; callers say what time it is.

/// Seconds since 1970 as year, month, day, hour, minute and second, in UTC.
#[must_use]
pub fn parts(seconds: u64) -> [u64; 6] {
    let (year, month, day) = civil(seconds / 86_400);
    [year, month, day, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60]
}

/// Seconds since 1970 as `2026-11-22 08:12`, in UTC.
#[must_use]
pub fn utc(seconds: u64) -> String {
    let [year, month, day, hour, minute, _] = parts(seconds);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
}

/// The week of a day, as ISO counts: its year, and its number from 1. A week belongs to the year its Thursday is in.
#[must_use]
pub fn week(seconds: u64) -> (u64, u64) {
    let day = seconds / 86_400;
    // 1 January 1970 was a Thursday, the fourth day of its week.
    let thursday = (day + 3) / 7 * 7;
    let year = civil(thursday).0;
    let weeks = (0..).take_while(|n| thursday.checked_sub(7 * n).is_some_and(|day| civil(day).0 == year)).count();
    (year, weeks as u64)
}

/// A length of time as `48 min` or `3 h 05 min`.
#[must_use]
pub fn length(seconds: u64) -> String {
    let minutes = seconds / 60;
    if minutes < 60 { format!("{minutes} min") } else { format!("{} h {:02} min", minutes / 60, minutes % 60) }
}

/// The date of a day counted from 1 January 1970: years are counted from March, so that the leap day is the last.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let era = days / 146_097;
    let day = days % 146_097;
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let civil_month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + u64::from(civil_month <= 2), civil_month, of_year - (153 * month + 2) / 5 + 1)
}
