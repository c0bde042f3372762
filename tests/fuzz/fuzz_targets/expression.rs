#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| taiyuan::fuzz::expression(data));
