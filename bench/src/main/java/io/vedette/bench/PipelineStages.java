package io.vedette.bench;

import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.derive.DeriveTypes;
import io.vedette.jobs.life.AlertLife;
import io.vedette.jobs.life.DetectStep;
import io.vedette.jobs.life.EntityDetectState;
import io.vedette.jobs.life.EventWriter;
import io.vedette.jobs.panes.KnownColumns;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.jobs.track.Jump;
import io.vedette.jobs.track.MemberReport;
import io.vedette.jobs.track.ModelState;
import io.vedette.jobs.track.ModelTracker;
import io.vedette.jobs.track.PromptLimits;
import io.vedette.jobs.track.StateCodec;
import io.vedette.jobs.track.TargetState;
import io.vedette.jobs.track.TargetTracker;
import io.vedette.jobs.track.TrackOutput;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import io.vedette.model.otlp.RecordReader;
import io.vedette.model.otlp.UnreadableRecord;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.series.DerivedSeries;
import io.vedette.model.series.SeriesSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the jobs and the gateway do with a fleet's records, interval by interval, each stage for all targets before the next. Not thread-safe. */
final class PipelineStages {
    /** That of the codec of targets' states. */
    private static final int STATE_VERSION = new DeriveTypes.TargetStateCodec().version();

    /** Scrapes between two checkpoints: one a minute. */
    private static final int SCRAPES_BY_CHECKPOINT = 12;

    private static final int[] WINDOW_PANES = DeriveSettings.defaults().windowPanes();

    private final BenchFleet fleet;
    private final RecordReader reader = new RecordReader(Catalogue.shipped());
    private final TargetTracker targetTracker = new TargetTracker(WINDOW_PANES, new PromptLimits(Map.of()));
    private final ModelTracker modelTracker = new ModelTracker(WINDOW_PANES);
    private final AlertLife life = AlertLife.ofNewcomers(
            RuleSet.load(List.of(RuleSet.builtIn()), DeriveSettings.defaults().windows(), Map.of()),
            new EventWriter("docs/runbook.md", 0));
    private final DerivedSeries series = DerivedSeries.of(SeriesSettings.DEFAULT);

    private final TargetState[] targets;
    private final Map<String, ModelState> models = new HashMap<>();
    private final Map<String, EntityDetectState> detected = new HashMap<>();
    private final MessageDigest digest;

    private final KnownColumns columns = new KnownColumns();

    private final Stage decode = new Stage("decode", 8);
    private final Stage panes = new Stage("difference, panes, frame", 37);
    private final Stage report = new Stage("report in flight: write, read", 5);
    private final Stage parent = new Stage("parent: a member's report, and its share of frames", 8);
    private final Stage encode = new Stage("encode a frame", Double.NaN);
    private final Stage decodeFrame = new Stage("decode a frame", Double.NaN);
    private final Stage detect = new Stage("detect a frame", 40);
    private final Stage render = new Stage("series of a frame", Double.NaN);
    private final Stage copy = new Stage("checkpoint: copy a state, a scrape's share", Double.NaN);
    private final Stage write = new Stage("checkpoint: write a state, a scrape's share", 12);
    private final Stage read = new Stage("restore: read a state", Double.NaN);
    private long frameBytes;
    private long frames;
    private long stateBytes;
    private long values;

    PipelineStages(BenchFleet fleet) {
        this.fleet = fleet;
        this.targets = new TargetState[fleet.size()];
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void run(int interval) {
        List<byte[]> records = records(interval);
        List<TargetScrape> scrapes = decode(records);
        KeptOutput kept = new KeptOutput();
        track(scrapes, interval, kept);
        List<MemberReport> reports = travel(kept.reports());
        int ofReplicas = kept.frames().size();
        parents(reports, interval, kept);
        List<byte[]> encoded = encode(kept.frames());
        List<Frame> read = decodeFrames(encoded);
        detect(read);
        render(read.subList(0, ofReplicas));
        frames += encoded.size();
        for (byte[] frame : encoded) {
            frameBytes += frame.length;
            digest.update(frame);
        }
    }

    private List<byte[]> records(int interval) {
        byte[][] metrics = fleet.metrics(interval);
        List<byte[]> records = new ArrayList<>();
        for (int target = 0; target < fleet.size(); target++) {
            records.add(fleet.record(target, metrics));
        }
        return records;
    }

    private List<TargetScrape> decode(List<byte[]> records) {
        List<TargetScrape> scrapes = new ArrayList<>(records.size());
        decode.begin();
        for (byte[] record : records) {
            try {
                scrapes.add(reader.read(record).scrapes().get(0));
            } catch (UnreadableRecord e) {
                throw new IllegalStateException(e);
            }
        }
        decode.end(records.size());
        return scrapes;
    }

    private void track(List<TargetScrape> scrapes, int interval, TrackOutput out) {
        panes.begin();
        for (int i = 0; i < targets.length; i++) {
            targets[i] = targetTracker.onScrape(
                    targets[i],
                    scrapes.get(i),
                    fleet.appendMillis(i, interval),
                    BenchFleet.INTERVAL_MILLIS,
                    0,
                    Jump.NONE,
                    out);
        }
        panes.end(targets.length);
    }

    /** Over the hop between two operators. */
    private List<MemberReport> travel(List<MemberReport> reports) {
        List<MemberReport> arrived = new ArrayList<>(reports.size());
        report.begin();
        for (MemberReport sent : reports) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
            try {
                StateCodec.writeReport(new DataOutputStream(bytes), sent);
                arrived.add(StateCodec.readReport(
                        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), columns));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        report.end(reports.size());
        return arrived;
    }

    private void parents(List<MemberReport> reports, int interval, TrackOutput out) {
        long watermark = fleet.appendMillis(0, interval) - 2_000;
        parent.begin();
        for (MemberReport sent : reports) {
            models.compute(sent.root(), (root, state) -> modelTracker.onReport(state, sent, watermark, out));
        }
        parent.end(reports.size());
    }

    private List<byte[]> encode(List<Frame> frames) {
        List<byte[]> encoded = new ArrayList<>(frames.size());
        encode.begin();
        for (Frame frame : frames) {
            encoded.add(FrameCodec.encode(frame));
        }
        encode.end(frames.size());
        return encoded;
    }

    private List<Frame> decodeFrames(List<byte[]> encoded) {
        List<Frame> frames = new ArrayList<>(encoded.size());
        decodeFrame.begin();
        for (byte[] frame : encoded) {
            frames.add(FrameCodec.decode(frame));
        }
        decodeFrame.end(frames.size());
        return frames;
    }

    private void detect(List<Frame> frames) {
        detect.begin();
        for (Frame frame : frames) {
            detected.compute(
                    frame.entity().key(), (key, state) -> step(state, frame).after());
        }
        detect.end(frames.size());
    }

    private DetectStep step(@Nullable EntityDetectState state, Frame frame) {
        return life.step(state, frame);
    }

    private void render(List<Frame> frames) {
        render.begin();
        for (Frame frame : frames) {
            series.visit(frame, (name, entity, point, value) -> values++);
        }
        render.end(frames.size());
    }

    void forget() {
        for (Stage stage : List.of(decode, panes, report, parent, encode, decodeFrame, detect, render)) {
            stage.forget();
        }
    }

    /** Writes all states as a checkpoint does, and reads them again. */
    void checkpoints() throws IOException {
        for (int round = 0; round < 30; round++) {
            List<byte[]> written = new ArrayList<>(targets.length);
            copy.begin();
            long replicas = 0;
            for (TargetState state : targets) {
                replicas += state.copy().replicas.size();
            }
            copy.end(SCRAPES_BY_CHECKPOINT * (int) replicas);
            write.begin();
            for (TargetState state : targets) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
                StateCodec.writeTarget(new DataOutputStream(bytes), state);
                written.add(bytes.toByteArray());
            }
            write.end(SCRAPES_BY_CHECKPOINT * written.size());
            read.begin();
            for (byte[] bytes : written) {
                StateCodec.readTarget(STATE_VERSION, new DataInputStream(new ByteArrayInputStream(bytes)));
            }
            read.end(written.size());
            stateBytes = written.stream().mapToLong(bytes -> bytes.length).sum();
        }
    }

    void print(PrintStream out) {
        for (Stage stage :
                List.of(decode, panes, report, parent, encode, decodeFrame, detect, render, copy, write, read)) {
            out.println(stage.row());
        }
        line(out, "  a frame", frameBytes / frames, "bytes");
        line(out, "  a state in a checkpoint", stateBytes / targets.length, "bytes");
        line(out, "  a state on the heap", heapBytes(), "bytes (goal 65536)");
        out.printf("%-52s %s%n", "  digest of all frames", HexFormat.of().formatHex(digest.digest(), 0, 8));
    }

    private static void line(PrintStream out, String what, long number, String unit) {
        out.printf(Locale.ROOT, "%-52s %9d %s%n", what, number, unit);
    }

    /** What a target's state holds alone: the heap with all of them, less the heap without. */
    private long heapBytes() {
        long with = usedAfterCollection();
        java.util.Arrays.fill(targets, null);
        return (with - usedAfterCollection()) / targets.length;
    }

    private static long usedAfterCollection() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(
                    used,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return used;
    }
}
