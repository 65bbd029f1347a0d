package io.vedette.bench;

import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.track.Jump;
import io.vedette.jobs.track.MemberReport;
import io.vedette.jobs.track.ModelState;
import io.vedette.jobs.track.ModelTracker;
import io.vedette.jobs.track.PromptLimits;
import io.vedette.jobs.track.TargetState;
import io.vedette.jobs.track.TargetTracker;
import io.vedette.jobs.track.TrackEvent;
import io.vedette.jobs.track.TrackOutput;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import io.vedette.model.otlp.RecordReader;
import io.vedette.model.otlp.UnreadableRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A fleet's frames, interval by interval, as detection reads them from their topic. Not thread-safe. */
final class BenchFrames {
    private static final int[] WINDOW_PANES = DeriveSettings.defaults().windowPanes();

    private final BenchFleet fleet;
    private final RecordReader reader = new RecordReader(Catalogue.shipped());
    private final TargetTracker targetTracker;
    private final ModelTracker modelTracker = new ModelTracker(WINDOW_PANES);
    private final TargetState[] targets;
    private final Map<String, ModelState> models = new HashMap<>();

    /** @param promptLimit of every model, in tokens */
    BenchFrames(BenchFleet fleet, PromptLimits promptLimits) {
        this.fleet = fleet;
        this.targetTracker = new TargetTracker(WINDOW_PANES, promptLimits);
        this.targets = new TargetState[fleet.size()];
    }

    /** Keeps what the trackers give. */
    private static final class Kept implements TrackOutput {
        private final List<Frame> frames = new ArrayList<>();
        private final List<MemberReport> reports = new ArrayList<>();

        @Override
        public void frame(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void report(MemberReport report) {
            reports.add(report);
        }

        @Override
        public void count(TrackEvent event) {
            // Nothing is wrong with these scrapes.
        }
    }

    /** The frames that an interval's scrapes let go, the next interval with each call from 0 on. */
    List<Frame> at(int interval) {
        Kept kept = new Kept();
        byte[][] metrics = fleet.metrics(interval);
        for (int target = 0; target < targets.length; target++) {
            track(target, interval, metrics, kept);
        }
        long watermark = fleet.appendMillis(0, interval) - 2_000;
        for (MemberReport report : List.copyOf(kept.reports)) {
            models.compute(report.root(), (root, state) -> modelTracker.onReport(state, report, watermark, kept));
        }
        return kept.frames.stream()
                .map(frame -> FrameCodec.decode(FrameCodec.encode(frame)))
                .toList();
    }

    private void track(int target, int interval, byte[][] metrics, TrackOutput out) {
        try {
            targets[target] = targetTracker.onScrape(
                    targets[target],
                    reader.read(fleet.record(target, metrics)).scrapes().get(0),
                    fleet.appendMillis(target, interval),
                    BenchFleet.INTERVAL_MILLIS,
                    0,
                    Jump.NONE,
                    out);
        } catch (UnreadableRecord e) {
            throw new IllegalStateException(e);
        }
    }
}
