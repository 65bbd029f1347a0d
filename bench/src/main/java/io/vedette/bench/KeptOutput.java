package io.vedette.bench;

import io.vedette.jobs.track.MemberReport;
import io.vedette.jobs.track.NodeNote;
import io.vedette.jobs.track.TrackEvent;
import io.vedette.jobs.track.TrackOutput;
import io.vedette.model.frame.Frame;
import java.util.ArrayList;
import java.util.List;

/** Keeps what the trackers give. Not thread-safe. */
final class KeptOutput implements TrackOutput {
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
    public void note(NodeNote note) {
        // Rare, but for cards, and none of these targets has any.
    }

    @Override
    public void count(TrackEvent event) {
        // Nothing is wrong with these scrapes.
    }

    List<Frame> frames() {
        return frames;
    }

    List<MemberReport> reports() {
        return reports;
    }
}
