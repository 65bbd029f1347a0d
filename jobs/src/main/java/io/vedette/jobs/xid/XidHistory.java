package io.vedette.jobs.xid;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Window;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The XIDs of a card in the last 24 h: longer than any window reaches, and so remembered from frame to frame. Immutable.
 *
 * @param incidents in the order in which they began; no more than {@link #MOST}, the oldest go first
 */
public record XidHistory(List<XidIncident> incidents) {
    /** How long an incident is remembered. */
    public static final long DAY_MILLIS = 86_400_000;

    /** How long an incident counts as new. */
    public static final long HOUR_MILLIS = 3_600_000;

    static final int MOST = 64;

    /** XIDs belong together that are seen no longer after each other; in a window of 1 min an XID is seen for a minute, so that is 3 min between them. */
    static final long GAP_MILLIS = 120_000;

    public static final XidHistory NONE = new XidHistory(List.of());

    public XidHistory {
        incidents = List.copyOf(incidents);
    }

    /** What is remembered after a frame. */
    public XidHistory after(Frame frame) {
        Window shortest = frame.windows().isEmpty() ? null : frame.windows().get(0);
        SortedMap<String, Double> growth =
                shortest == null ? null : shortest.growth().get(Signal.XID_EVENTS);
        boolean grew = growth != null && growth.values().stream().anyMatch(g -> g > 0);
        long oldest = frame.tickMillis() - DAY_MILLIS;
        if (!grew && incidents.stream().allMatch(i -> i.lastMillis() > oldest)) {
            return this;
        }
        List<XidIncident> after = new ArrayList<>(incidents);
        after.removeIf(incident -> incident.lastMillis() <= oldest);
        if (shortest != null && growth != null) {
            // An XID stands in the window for as long as that is: what is within its length may be one and the same.
            long nearest = frame.tickMillis() - Math.max(shortest.durationMillis(), GAP_MILLIS);
            growth.forEach((number, grown) -> {
                if (grown > 0 && !number.isEmpty()) {
                    see(number, nearest, frame.tickMillis(), after);
                }
            });
        }
        return new XidHistory(after.subList(Math.max(0, after.size() - MOST), after.size()));
    }

    private static void see(String number, long nearest, long tickMillis, List<XidIncident> incidents) {
        for (int i = incidents.size() - 1; i >= 0; i--) {
            XidIncident incident = incidents.get(i);
            if (incident.number().equals(number) && incident.lastMillis() >= nearest) {
                incidents.set(i, incident.seenAt(tickMillis));
                return;
            }
        }
        incidents.add(new XidIncident(number, tickMillis, tickMillis));
    }

    /** How many times there were some of a kind since a moment; several that came together are one time. */
    public int times(Predicate<Xid> kind, long sinceMillis) {
        int times = 0;
        long end = Long.MIN_VALUE;
        for (XidIncident incident : incidents) {
            if (incident.lastMillis() > sinceMillis && kind.test(xid(incident))) {
                times += end == Long.MIN_VALUE || incident.firstMillis() - end > GAP_MILLIS ? 1 : 0;
                end = Math.max(end, incident.lastMillis());
            }
        }
        return times;
    }

    /** The worst one since a moment, of equally bad ones the newest. */
    public Optional<Xid> worst(long sinceMillis) {
        @Nullable XidIncident worst = null;
        Comparator<XidIncident> badness = Comparator.<XidIncident, XidClass>comparing(i -> xid(i).xidClass())
                .reversed()
                .thenComparing(XidIncident::firstMillis);
        for (XidIncident incident : incidents) {
            if (incident.lastMillis() > sinceMillis && (worst == null || badness.compare(incident, worst) >= 0)) {
                worst = incident;
            }
        }
        return Optional.ofNullable(worst).map(XidHistory::xid);
    }

    private static Xid xid(XidIncident incident) {
        return XidCatalogue.shipped().of(incident.number());
    }
}
