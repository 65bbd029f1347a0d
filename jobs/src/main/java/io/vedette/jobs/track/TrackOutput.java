package io.vedette.jobs.track;

import io.vedette.model.frame.Frame;

/** Where the trackers put what they find. */
public interface TrackOutput {
    void frame(Frame frame);

    void report(MemberReport report);

    /** Something for the operator that knows a node's cards and their owners. */
    void note(NodeNote note);

    void count(TrackEvent event);
}
