package io.vedette.jobs.track;

import io.vedette.jobs.panes.PaneGrowth;
import io.vedette.jobs.panes.PaneHistory;
import io.vedette.jobs.panes.SeriesKey;
import io.vedette.jobs.panes.SeriesLayout;
import io.vedette.model.entity.Entity;
import io.vedette.model.signal.Gauges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State of one engine behind a target. Lenient, unlike the records on the wire: what is missing is empty, zero or NaN. */
public final class ReplicaState {
    public String engine = "";
    public String modelName = "";
    /** Time of the newest good scrape that had this engine; 0 while there was none. */
    public long lastGoodMillis;
    /** Until when growth is known. */
    public long coveredUntilMillis;

    public SeriesLayout layout = new SeriesLayout();
    /** Newest cumulative value by column. */
    public double[] values = new double[0];
    /** By series: when it started from zero (0 unknown), which alternative it was read from, when it was last seen. */
    public long[] startMillis = new long[0];

    public int[] source = new int[0];
    public long[] seenMillis = new long[0];

    public PaneHistory history;
    public Gauges gauges = Gauges.none();
    /** Tokens and KV usage as of the newest scrape, and when they last moved while there was work. */
    public double tokens = Double.NaN;

    public double kvUsage = Double.NaN;
    public long progressMillis;
    public double finishedSinceStart = Double.NaN;
    /** When it was last seen to have requests, or to have finished some. */
    public long busyMillis;
    /** Key of the parent that reports go to; empty when there is none. */
    public String root = "";

    public List<PaneGrowth> unreported = new ArrayList<>();
    /** Not state: the entity that it was told as last. */
    @Nullable
    Entity entity;
    /** Not state: what its node was told as last. */
    @Nullable
    Owner told;

    public ReplicaState(PaneHistory history) {
        this.history = history;
    }

    /** Index of a series that is new, in a layout of the replica's own. */
    int addSeries(SeriesKey key) {
        if (layout.isShared()) {
            layout = layout.copy();
        }
        int index = layout.add(key);
        fit();
        return index;
    }

    /** Makes room for all series of the layout. */
    void fit() {
        if (values.length < layout.width()) {
            values = Arrays.copyOf(values, layout.width());
        }
        if (startMillis.length < layout.size()) {
            startMillis = Arrays.copyOf(startMillis, layout.size());
            source = Arrays.copyOf(source, layout.size());
            seenMillis = Arrays.copyOf(seenMillis, layout.size());
        }
    }

    /** Gives the history windows of these lengths, which may be others than before a restart of the job. */
    void reshape(int[] windowPanes) {
        if (!history.hasWindows(windowPanes)) {
            history = history.reshaped(windowPanes);
        }
    }

    public ReplicaState copy() {
        ReplicaState copy = new ReplicaState(history.copy());
        copy.engine = engine;
        copy.modelName = modelName;
        copy.lastGoodMillis = lastGoodMillis;
        copy.coveredUntilMillis = coveredUntilMillis;
        copy.layout = layout.snapshot();
        copy.values = values.clone();
        copy.startMillis = startMillis.clone();
        copy.source = source.clone();
        copy.seenMillis = seenMillis.clone();
        copy.gauges = gauges;
        copy.tokens = tokens;
        copy.kvUsage = kvUsage;
        copy.progressMillis = progressMillis;
        copy.finishedSinceStart = finishedSinceStart;
        copy.busyMillis = busyMillis;
        copy.root = root;
        copy.unreported = new ArrayList<>(unreported);
        return copy;
    }
}
