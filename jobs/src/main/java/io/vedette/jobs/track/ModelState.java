package io.vedette.jobs.track;

import io.vedette.jobs.panes.PaneGrowth;
import io.vedette.jobs.panes.PaneHistory;
import io.vedette.jobs.panes.SeriesColumns;
import io.vedette.jobs.panes.SeriesLayout;
import io.vedette.model.frame.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** State of a model: the sum of its members' growth, who its members are, and the ticks that are waiting for reports. */
public final class ModelState {
    public String modelName = "";
    public String role = "";
    /** The newest tick that was released; 0 before the first. */
    public long lastTickMillis;
    /** Whether a member has ever counted: before that there is nothing to tell. */
    public boolean begun;

    public SeriesLayout layout = new SeriesLayout();
    /** By series: the tick at which a member last told of it. */
    public long[] seenMillis = new long[0];

    public PaneHistory history;
    /** By the member's key. */
    public TreeMap<String, Member> members = new TreeMap<>();
    /** Reports by tick, then by the member's key. */
    public TreeMap<Long, TreeMap<String, MemberReport>> pending = new TreeMap<>();

    /** Not state: where the series of the newest report stand, since most members have the same. */
    private @Nullable SeriesColumns lastColumns;

    private int[] lastIndices = {};

    public ModelState(PaneHistory history) {
        this.history = history;
    }

    /** One member. */
    public static final class Member {
        public static final long NEVER = Long.MAX_VALUE;

        /** From this tick on it counts and is waited for; {@link #NEVER} while it is silent. */
        public long joinsMillis = NEVER;

        public long intervalMillis;
        /** Whether it has ever counted. One that has not does not keep its model alive. */
        public boolean counted;
        /** Growth that was told but is not yet in the model's panes. */
        public List<PaneGrowth> queued = new ArrayList<>();

        boolean counts(long tickMillis) {
            return joinsMillis <= tickMillis;
        }

        /** Joins a little after it is heard anew; leaves when it falls silent. */
        void heard(MemberReport report) {
            if (!report.isLive()) {
                joinsMillis = NEVER;
            } else if (joinsMillis == NEVER) {
                joinsMillis = Frame.tickAtOrAfter(report.releasedAtMillis()) + ModelTracker.JOIN_MILLIS;
            }
        }

        Member copy() {
            Member copy = new Member();
            copy.joinsMillis = joinsMillis;
            copy.intervalMillis = intervalMillis;
            copy.counted = counted;
            copy.queued = new ArrayList<>(queued);
            return copy;
        }
    }

    /** Forgets what members did and told; who they are and what waits stays. */
    void beginAnew() {
        begun = false;
        layout = new SeriesLayout();
        seenMillis = new long[0];
        history = history.emptied();
        lastColumns = null;
        lastIndices = new int[0];
    }

    /** Where a member's series stand in the layout; those that are new are added. */
    int[] indicesOf(SeriesColumns columns) {
        if (!columns.equals(lastColumns)) {
            int[] indices = new int[columns.size()];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = layout.add(columns.key(i));
            }
            fit();
            lastColumns = columns;
            lastIndices = indices;
        }
        return lastIndices;
    }

    void fit() {
        if (seenMillis.length < layout.size()) {
            seenMillis = Arrays.copyOf(seenMillis, layout.size());
        }
    }

    public ModelState copy() {
        ModelState copy = new ModelState(history.copy());
        copy.modelName = modelName;
        copy.role = role;
        copy.lastTickMillis = lastTickMillis;
        copy.begun = begun;
        copy.layout = layout.copy();
        copy.seenMillis = seenMillis.clone();
        members.forEach((key, member) -> copy.members.put(key, member.copy()));
        pending.forEach((tick, reports) -> copy.pending.put(tick, new TreeMap<>(reports)));
        return copy;
    }
}
