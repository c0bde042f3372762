#!/usr/bin/env python3
"""The same work as other engines do, side by side. Usage: peers.py PEERS WORK [ROUNDS]

PEERS is the folder of the other engines: `gen/gen.py` makes the abstract story, `ink-rs` is a runner of bladeink. WORK is
an empty folder for what is built and written. Every measurement is taken in turns, ours and theirs, and the medians are
compared; nothing counts unless the totals of bytes read agree.
"""
import json, os, re, shutil, statistics, subprocess, sys, tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
# Passages, steps and the bytes of text and choices that are read.
WORK = [(1_000, 10_000, 4_350_982), (10_000, 50_000, 21_777_391), (10_000, 200_000, 87_114_626)]
HELLO = {
    "plain": ('fn main() { println!("hello"); }', ""),
    "screen": (
        'fn main() -> std::io::Result<()> {\n    let mut terminal = ratatui::init();\n'
        '    terminal.draw(|frame| frame.render_widget("hello", frame.area()))?;\n'
        "    ratatui::crossterm::event::read()?;\n    ratatui::restore();\n    Ok(())\n}\n",
        'ratatui = "0.30"\n',
    ),
}


def run(*command, **rest):
    return subprocess.run(command, check=True, capture_output=True, text=True, **rest).stdout


def built(folder):
    run("cargo", "build", "--release", "--quiet", cwd=folder)


def hello(work, name):
    """The smallest program of its kind."""
    folder = f"{work}/hello_{name}"
    os.makedirs(f"{folder}/src", exist_ok=True)
    main, needs = HELLO[name]
    with open(f"{folder}/Cargo.toml", "w") as out:
        out.write(f'[package]\nname = "hello"\nversion = "0.1.0"\nedition = "2024"\n[dependencies]\n{needs}')
        out.write("[profile.release]\nlto = true\ncodegen-units = 1\nstrip = true\n")
    with open(f"{folder}/src/main.rs", "w") as out:
        out.write(main)
    built(folder)
    return f"{folder}/target/release/hello"


def bench():
    """Our own program and its side of the bench."""
    run("cargo", "build", "--release", "--quiet", cwd=ROOT)
    lines = run("cargo", "bench", "--bench", "peers", "--no-run", "--message-format", "json", cwd=ROOT).splitlines()
    made = (json.loads(line) for line in lines if line.startswith("{"))
    bench = next(one["executable"] for one in made if one.get("executable") and one["target"]["name"] == "peers")
    return f"{os.environ.get('CARGO_TARGET_DIR', f'{ROOT}/target')}/release/taiyuan", bench


def figures(text):
    """`name number` pairs of a line."""
    return {name: float(number) for name, number in re.findall(r"([a-z_]+) ([0-9.]+)", text)}


# A process of its own, and a small one: what a child counts as its most memory begins with what its parent has.
SPAWN = """
import os, sys
quiet = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], {**os.environ, "TERM": "dumb"}, file_actions=quiet)
_, status, used = os.wait4(pid, 0)
print(status, (used.ru_utime + used.ru_stime) * 1e3, used.ru_maxrss / 1024)
"""


def process(command):
    """Milliseconds of processor and the most megabytes of a whole process, its first output thrown away."""
    status, ms, mb = run(sys.executable, "-IS", "-c", SPAWN, *command).split()
    assert status == "0", command
    return {"ms": float(ms), "mb": float(mb)}


def compared(title, rounds, ours, theirs, fields, floor):
    """Runs both in turns and prints the medians of some fields and their ratios."""
    taken = {"ours": [], "theirs": []}
    for _ in range(rounds):
        taken["ours"].append(ours())
        taken["theirs"].append(theirs())
    for mine, other in fields:
        a = statistics.median(one[mine] for one in taken["ours"])
        b = statistics.median(one[other] for one in taken["theirs"])
        print(f"{title:<44} {mine:<12} {a:>12.3f} {b:>12.3f} {a / b:>8.4f}   floor {floor}", flush=True)


def main():
    peers, work = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    os.makedirs(work, exist_ok=True)
    ink = f"{work}/ink-rs"
    if not os.path.exists(ink):
        shutil.copytree(f"{peers}/ink-rs", ink)
        run("chmod", "-R", "u+w", ink)
    built(ink)
    ink = f"{ink}/target/release/ink-rs"
    game, ours = bench()
    small, screen = hello(work, "plain"), hello(work, "screen")
    for passages in sorted({passages for passages, _, _ in WORK}):
        folder = f"{work}/{passages}"
        if os.path.exists(f"{folder}/ink.inkb"):
            continue
        run(sys.executable, f"{peers}/gen/gen.py", str(passages), folder, "json,ink")
        run(ours, "written", f"{folder}/story.json", f"{folder}/story")
        run(ink, "compile", f"{folder}/story.ink", f"{folder}/ink.json")
        run(ink, "image", f"{folder}/ink.json", f"{folder}/ink.inkb")
        # Without visit counts, as its own compiler would write it: the flags of every knot, cleared.
        text = open(f"{folder}/ink.json", encoding="utf-8-sig").read()
        with open(f"{folder}/unvisited.json", "w") as out:
            out.write(re.sub(r'"#f":\d+', '"#f":0', text))

    print(f"{'work':<44} {'field':<12} {'ours':>12} {'theirs':>12} {'ratio':>8}")
    for passages, steps, total in WORK:
        folder = f"{work}/{passages}"
        mine = lambda: figures(run(ours, "step", f"{folder}/story", str(steps)))
        other = lambda: figures(run(ink, "step", f"{folder}/unvisited.json", str(steps)))
        for side in (mine, other):
            assert side()["bytes"] == total, "not the same work"
        title = f"step, {passages} passages, {steps} steps"
        compared(title, rounds, mine, other, [("us_per_step", "us_per_step")], "0.02")
    folder = f"{work}/10000"
    saves = tempfile.mkdtemp(prefix="saves-", dir=work)
    play = lambda *rest: lambda: process([game, "play", "--plain", "--saves", saves, *rest])
    page = play("--story", f"{folder}/story", "--chapter", "part")
    both = [("ms", "ms"), ("mb", "mb")]
    compared("10k to its first page, json", rounds, page, lambda: process([ink, "first", f"{folder}/ink.json"]), both, "0.2")
    os.environ["INK_VALIDATE"] = "1"
    compared("10k to its first page, validated image", rounds, page, lambda: process([ink, "first", f"{folder}/ink.inkb"]), both, "0.5")
    del os.environ["INK_VALIDATE"]
    size = sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(f"{folder}/story") for name in names)
    print(f"{'10k to its first page: memory / file':<44} {page()['mb'] * 1024 * 1024 / size:.2f}   floor 2.6")
    mine = lambda: figures(run(ours, "save", f"{folder}/story"))
    other = lambda: figures(run(ink, "save", f"{folder}/ink.json"))
    fields = [("save_bytes", "save_bytes"), ("save_us", "save_us"), ("restore_us", "restore_us")]
    compared("save after 10,000 steps", rounds, mine, other, fields, "0.35 bytes, 0.1 time")
    print("undo: " + run(ours, "undo", f"{folder}/story", "1000000").strip() + "   floor 1 us, 64 bytes")
    compared("cold start, the siege", 10 * rounds, play("--chapter", "siege"), lambda: process([small]), both, "2")
    here = os.path.dirname(os.path.abspath(__file__))
    print(run(sys.executable, f"{here}/terminal.py", game, screen), end="")


main()
