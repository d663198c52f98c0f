#!/usr/bin/python3
"""Serves recorded clips as live RTSP cameras on the loopback, without encoding anything again.

  rtsp-cameras.py --port 8554 --camera xinli-in=in.mp4 --camera chengxi-exit=exit.mp4 [--loop] [--together]

Every camera is one shared stream: it starts at the clip's first picture when its first viewer comes, runs at the
clip's own pace, and shows every later viewer the same moment. When the last viewer has left, the next one starts it
afresh. A clip ends its stream when it is over; with --loop it begins again without a break in the time stamps. With
--together all cameras keep the clock of the first viewer of any of them, so that passages at several cameras keep
their order in time. --port 0 takes a free port.

Printed on standard output, one line each, flushed:
  ready rtsp://127.0.0.1:PORT/NAME      the camera can be opened
  playing NAME SECONDS                  the clip's first picture was due at this Unix time
  ended NAME                            the clip is over

Faults for tests, by flag (seconds since the stream began; applied to every camera) or by a line on standard input:
  --silence-after S [--silence-for S]   silence NAME   the connection stays, nothing is sent any more
  --garble-after S                      garble NAME    coded bytes are flipped: the pictures arrive damaged
                                        resume NAME    ends both
                                        stop NAME      the camera is gone: viewers are closed, new ones refused
                                        quit           the server ends

The server ends on SIGTERM or SIGINT and with the process that started it. H.264 and H.265 in MP4, no B frames.
Needs Debian's python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-{base,good,bad}.
"""
import argparse
import os
import signal
import sys
import threading
import time
from typing import NamedTuple

try:
    import gi
    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    from gi.repository import GLib, Gst, GstRtspServer
except (ImportError, ValueError) as error:
    sys.exit(f"rtsp-cameras: {error}. Install the Debian packages python3-gi gir1.2-gst-rtsp-server-1.0 "
             "gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad.")

# The unit header and the start of the slice header stay intact: the stream parses, the picture is broken.
GARBLE_FROM = 40
GARBLE_EVERY = 97


class Unit(NamedTuple):
    """One coded picture with everything that belongs to it."""
    data: bytes
    time: int
    is_key: bool


class Clip:
    """A clip's coded pictures, in memory: a stream of minutes is some ten megabytes."""

    def __init__(self, path):
        if not os.path.isfile(path):
            sys.exit(f"rtsp-cameras: {path} does not exist.")
        for codec in ("h264", "h265"):
            self.codec, self.units, self.caps = codec, [], None
            if self.load(path):
                return
        sys.exit(f"rtsp-cameras: {path} holds no H.264 or H.265 video in an MP4 container.")

    def load(self, path):
        """True where the file could be read as this codec."""
        pipeline = Gst.parse_launch(
            f"filesrc name=file ! qtdemux ! {self.codec}parse config-interval=-1 "
            f"! video/x-{self.codec},stream-format=byte-stream,alignment=au ! appsink name=sink sync=false")
        pipeline.get_by_name("file").set_property("location", path)
        sink = pipeline.get_by_name("sink")
        pipeline.set_state(Gst.State.PLAYING)
        failed = False
        while not failed and not sink.get_property("eos"):
            sample = sink.emit("try-pull-sample", Gst.SECOND // 10)
            failed = pipeline.get_bus().pop_filtered(Gst.MessageType.ERROR) is not None
            if sample is None:
                continue
            buffer = sample.get_buffer()
            self.caps = sample.get_caps()
            self.units.append(Unit(buffer.extract_dup(0, buffer.get_size()), buffer.pts,
                                   not buffer.has_flags(Gst.BufferFlags.DELTA_UNIT)))
        pipeline.set_state(Gst.State.NULL)
        if failed or not self.units:
            return False
        first = self.units[0].time
        self.units = [unit._replace(time=unit.time - first) for unit in self.units]
        self.frame = self.units[1].time if len(self.units) > 1 else Gst.SECOND // 25
        self.length = self.units[-1].time + self.frame
        return True

    def key_at(self, position):
        """Index of the first key picture at or after the position, the first of all behind the last one."""
        return next((i for i, unit in enumerate(self.units) if unit.is_key and unit.time >= position), 0)


class Stream:
    """One run of a clip through one pipeline: pushes each picture when it is due, until the pipeline refuses it."""

    def __init__(self, camera, source):
        self.camera, self.source = camera, source
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run, name=camera.name, daemon=True)

    def run(self):
        camera, clip = self.camera, self.camera.clip
        begin, position = camera.begin()
        index, lap = clip.key_at(position % clip.length), position // clip.length
        shift = self.running_time() - (time.monotonic_ns() - begin)
        while not self.ended.is_set():
            unit = clip.units[index]
            due = lap * clip.length + unit.time
            wait = (begin + due - time.monotonic_ns()) / 1e9
            if wait > 0 and self.ended.wait(wait):
                return
            if not camera.is_silent(due) and not self.push(unit, shift + due, camera.is_garbled(due)):
                return
            index += 1
            if index == len(clip.units):
                if not camera.loop:
                    self.source.emit("end-of-stream")
                    say(f"ended {camera.name}")
                    return
                index, lap = 0, lap + 1

    def running_time(self):
        clock = self.source.get_clock()
        return clock.get_time() - self.source.get_base_time() if clock else 0

    def push(self, unit, stamp, garbled):
        buffer = Gst.Buffer.new_wrapped(damaged(unit.data) if garbled else unit.data)
        buffer.pts = buffer.dts = max(0, stamp)
        buffer.duration = self.camera.clip.frame
        if not unit.is_key:
            buffer.set_flags(Gst.BufferFlags.DELTA_UNIT)
        return self.source.emit("push-buffer", buffer) == Gst.FlowReturn.OK


class Camera(GstRtspServer.RTSPMediaFactory):
    """One mount point: builds the pipeline for a first viewer and knows the faults asked for."""

    def __init__(self, name, path, options, clock):
        super().__init__()
        self.name, self.options, self.clock = name, options, clock
        self.loop = options.loop
        self.clip = Clip(path)
        self.silent = self.garbled = False
        self.set_shared(True)
        self.set_latency(0)

    def do_create_element(self, url):
        codec = self.clip.codec
        element = Gst.parse_launch(
            f"( appsrc name=source is-live=true format=time do-timestamp=false block=false max-bytes=0 "
            f"! {codec}parse config-interval=-1 ! rtp{codec}pay name=pay0 pt=96 )")
        element.get_by_name("source").set_property("caps", self.clip.caps)
        return element

    def do_configure(self, media):
        stream = Stream(self, media.get_element().get_by_name("source"))
        started = threading.Event()

        def on_need_data(source, size):
            # The pipeline runs from here on: its clock is set.
            if not started.is_set():
                started.set()
                stream.thread.start()

        stream.source.connect("need-data", on_need_data)
        media.connect("unprepared", lambda _: stream.ended.set())

    def begin(self):
        """When the stream's clip began (monotonic ns) and how far into it this moment is (ns)."""
        begin = self.clock.begin()
        position = time.monotonic_ns() - begin
        say(f"playing {self.name} {time.time() - position / 1e9:.3f}")
        return begin, position

    def is_silent(self, due):
        after, lasts = self.options.silence_after, self.options.silence_for
        seconds = due / Gst.SECOND
        planned = after is not None and after <= seconds and (lasts is None or seconds < after + lasts)
        return self.silent or planned

    def is_garbled(self, due):
        after = self.options.garble_after
        return self.garbled or (after is not None and due / Gst.SECOND >= after)


class Clock:
    """Decides when a clip began: at its own first viewer, or at the first viewer of any camera (together)."""

    def __init__(self, together):
        self.together, self.epoch, self.lock = together, None, threading.Lock()

    def begin(self):
        with self.lock:
            if self.epoch is None or not self.together:
                self.epoch = time.monotonic_ns()
            return self.epoch


def damaged(data):
    data = bytearray(data)
    for at in range(GARBLE_FROM, len(data), GARBLE_EVERY):
        data[at] ^= 0x5A
    return bytes(data)


def say(line):
    print(line, flush=True)


def follow_parent(loop):
    """Ends the server when the parent is gone: no orphan keeps a port.

    Not by PR_SET_PDEATHSIG: that signal comes when the parent's starting thread ends, and a thread pool retires threads.
    """
    parent = os.getppid()

    def look():
        if os.getppid() != parent:
            loop.quit()
            return False
        return True

    GLib.timeout_add_seconds(1, look)


def stop(server, camera):
    """Takes the camera away: no new viewer, and the present ones lose their connection."""
    server.get_mount_points().remove_factory("/" + camera.name)
    path = "/" + camera.name

    def watches(_, client):
        sessions = client.session_filter(None, None) if hasattr(client, "session_filter") else []
        is_viewer = any(session.filter(None, None) and any(media.matches(path)[0] for media in session.filter(None, None))
                        for session in sessions)
        return GstRtspServer.RTSPFilterResult.REMOVE if is_viewer else GstRtspServer.RTSPFilterResult.KEEP

    server.client_filter(watches)


def obey(line, server, cameras, loop):
    words = line.split()
    if words == ["quit"]:
        loop.quit()
        return
    if len(words) != 2 or words[0] not in ("silence", "garble", "resume", "stop") or words[1] not in cameras:
        print(f"rtsp-cameras: cannot obey '{line.strip()}'; say silence, garble, resume or stop and a camera's name, or quit.",
              file=sys.stderr, flush=True)
        return
    camera = cameras[words[1]]
    if words[0] == "silence":
        camera.silent = True
    elif words[0] == "garble":
        camera.garbled = True
    elif words[0] == "resume":
        camera.silent = camera.garbled = False
    else:
        stop(server, camera)


def parse_options():
    parser = argparse.ArgumentParser(description="Serves clips as live RTSP cameras on the loopback.")
    parser.add_argument("--port", default="8554", help="0 takes a free port (default 8554)")
    parser.add_argument("--camera", action="append", required=True, metavar="NAME=FILE")
    parser.add_argument("--loop", action="store_true", help="begin again when the clip is over")
    parser.add_argument("--together", action="store_true", help="all clips keep the first viewer's clock")
    parser.add_argument("--silence-after", type=float, metavar="S")
    parser.add_argument("--silence-for", type=float, metavar="S")
    parser.add_argument("--garble-after", type=float, metavar="S")
    options = parser.parse_args()
    for camera in options.camera:
        if "=" not in camera:
            parser.error(f"--camera {camera}: write NAME=FILE.")
    return options


def main():
    options = parse_options()
    Gst.init(None)
    loop = GLib.MainLoop()
    follow_parent(loop)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(options.port)
    clock = Clock(options.together)
    cameras = {}
    for entry in options.camera:
        name, path = entry.split("=", 1)
        cameras[name] = Camera(name, path, options, clock)
        server.get_mount_points().add_factory("/" + name, cameras[name])
    if server.attach(None) == 0:
        sys.exit(f"rtsp-cameras: port {options.port} is taken; choose another with --port.")
    for name in cameras:
        say(f"ready rtsp://127.0.0.1:{server.get_bound_port()}/{name}")

    def on_input(channel, condition):
        line = channel.readline()
        if line:
            obey(line, server, cameras, loop)
        return bool(line)

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, on_input)
    for number in (signal.SIGTERM, signal.SIGINT):
        GLib.unix_signal_add(GLib.PRIORITY_HIGH, number, loop.quit)
    loop.run()


if __name__ == "__main__":
    main()
