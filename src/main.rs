//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    taiyuan::run(std::env::args_os())
}
