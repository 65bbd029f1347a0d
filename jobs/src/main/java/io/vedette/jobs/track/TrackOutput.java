package io.vedette.jobs.track;

import io.vedette.model.frame.Frame;

/** Where the trackers put what they find. */
public interface TrackOutput {
    void frame(Frame frame);

    void report(MemberReport report);

    void count(TrackEvent event);
}
