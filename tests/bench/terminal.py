#!/usr/bin/env python3
"""What a player at a terminal waits for. Usage: terminal.py PROGRAM HELLO [RUNS]

PROGRAM is the release binary; HELLO a program that draws one frame with ratatui and waits for a key, as peers.py builds
one. Everything runs in a pseudo-terminal of 200x60. Prints, as medians:
- wall and processor time to the first frame of the title, interleaved with HELLO;
- key to painted frame (median, p99), and processor time a frame, with no history and after 60,000 words;
- wake-ups a second while idle; the most memory of that sitting, and of one of the siege.
"""
import fcntl, os, pty, select, shutil, signal, statistics, struct, sys, tempfile, termios, time

COLUMNS, ROWS = 200, 60


class Program:
    """A program in a pseudo-terminal."""

    def __init__(self, command, folder):
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.environ.update(TERM="xterm-256color", TAIYUAN_SAVES=folder, COLORTERM="truecolor")
            os.execv(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.seen = b""

    def read(self, seconds):
        """What is written next; empty if nothing is for so many seconds."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return b""
        if b"\x1b]11;?" in data:
            os.write(self.fd, b"\x1b]11;rgb:0000/0000/0000\x1b\\")
        if b"\x1b[c" in data:
            os.write(self.fd, b"\x1b[?62;c")
        return data

    def quiet(self, seconds=0.05):
        """Reads until nothing comes for so long. The time of the last byte."""
        last = time.perf_counter()
        while data := self.read(seconds):
            self.seen = (self.seen + data)[-200_000:]
            last = time.perf_counter()
        return last

    def until(self, words, seconds=5.0):
        """Reads until these bytes have come. The time since the start."""
        end = time.perf_counter() + seconds
        while words not in self.seen and time.perf_counter() < end:
            self.seen += self.read(0.5)
        return time.perf_counter() - self.began

    def key(self, keys):
        os.write(self.fd, keys)

    def cpu(self):
        """Milliseconds on a processor so far, all threads."""
        total = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{task}/schedstat") as file:
                total += int(file.read().split()[0])
        return total / 1e6

    def status(self, name):
        with open(f"/proc/{self.pid}/status") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith(name))

    def switches(self):
        """Times any thread woke by itself so far."""
        total = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{task}/status") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("voluntary"))
        return total

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def fresh():
    return tempfile.mkdtemp(prefix="bench-")


def starts(program, hello, runs):
    found = {"title": [], "hello": []}
    for _ in range(runs):
        for name, command, words in (("hello", [hello], b"hello"), ("title", [program, "--theme", "dark"], b"\x1b[?2026l")):
            folder = fresh()
            one = Program(command, folder)
            wall = one.until(words) * 1e3
            found[name].append((wall, one.cpu()))
            one.end()
            shutil.rmtree(folder, ignore_errors=True)
    return {name: [statistics.median(column) for column in zip(*rows)] for name, rows in found.items()}


def frames(one, count):
    """Moves the choice up and down. Milliseconds to the painted frame, and of the processor a frame."""
    times, before = [], one.cpu()
    for at in range(count):
        sent = time.perf_counter()
        one.key((b"\x1b[B", b"\x1b[A")[at % 2])
        if one.read(1.0):
            last = time.perf_counter()
            while one.read(0.004):
                last = time.perf_counter()
            times.append((last - sent) * 1e3)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.99) - 1], (one.cpu() - before) / count


def story(folder, passages=1100):
    """A story of sixty words a page, gone through by the first choice."""
    words = "snow gate drum grain wall river ferry banner tower oath silk cart horn dawn frost stone".split()
    os.makedirs(f"{folder}/part")
    with open(f"{folder}/story.ron", "w") as out:
        out.write('(story: (id: "long", title: "Long", version: "1", chapters: ["part"]))\n')
    with open(f"{folder}/part/chapter.ron", "w") as out:
        out.write('(chapter: (title: "Part", start: "p0"), endings: {"end": (title: "End", rank: 1)},\n')
        out.write('scenes: {"end": (text: "The end.", ending: "end"),\n')
        for at in range(passages):
            text = " ".join(words[(at * 7 + n * (3 + at % 5)) % len(words)] for n in range(60))
            to = f"p{at + 1}" if at + 1 < passages else "end"
            out.write(f'"p{at}": (text: "{text.capitalize()}.", choices: [')
            out.write(f'(id: "on", say: "Go on to the next page", to: "{to}"), ')
            out.write(f'(id: "out", say: "Leave it there", to: "end")]),\n')
        out.write("})\n")


def main():
    program, hello = sys.argv[1:3]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 21
    times = starts(program, hello, runs)
    for name, (wall, cpu) in times.items():
        print(f"{name:<28} {wall:8.2f} ms wall {cpu:8.2f} ms cpu")
    print(f"{'title / hello':<28} {times['title'][0] / times['hello'][0]:8.2f} wall {times['title'][1] / times['hello'][1]:8.2f} cpu")

    folder = fresh()
    story(f"{folder}/story")
    one = Program([program, "play", "--theme", "dark", "--story", f"{folder}/story", "--chapter", "part"], f"{folder}/saves")
    one.quiet(0.5)
    frames(one, 40)
    short = frames(one, 400)
    one.seen = b""
    for _ in range(1000):
        one.key(b"1")
        one.read(1.0)
        one.quiet(0.002)
    one.quiet(0.5)
    long = frames(one, 400)
    print(f"{'frame, no history':<28} {short[0]:8.2f} ms median {short[1]:8.2f} ms p99 {short[2]:8.3f} ms cpu")
    print(f"{'frame, 60,000 words':<28} {long[0]:8.2f} ms median {long[1]:8.2f} ms p99 {long[2]:8.3f} ms cpu")
    print(f"{'long / short':<28} {long[2] / short[2]:8.2f} cpu")
    one.quiet(1.0)
    woke, wrote = one.switches(), len(one.seen)
    began = time.perf_counter()
    one.quiet(10.0)
    seconds = time.perf_counter() - began
    print(f"{'idle':<28} {(one.switches() - woke) / seconds:8.2f} wake-ups/s, {len(one.seen) - wrote} bytes drawn")
    print(f"{'most memory, 60,000 words':<28} {one.status('VmHWM') / 1024:8.1f} MB")
    one.end()
    one = Program([program, "play", "--theme", "dark", "--chapter", "siege"], f"{folder}/siege")
    one.quiet(0.5)
    for at in range(400):
        one.key((b"1", b"2")[at % 2])
        one.read(0.2)
        one.quiet(0.004)
    print(f"{'most memory, the siege':<28} {one.status('VmHWM') / 1024:8.1f} MB")
    one.end()
    shutil.rmtree(folder, ignore_errors=True)


main()
