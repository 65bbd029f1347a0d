package io.vedette.alerts.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which alerts are told together: those that are ready at once, of one family and one state, each fingerprint once, as many as the receiver takes
 * together. Since a
 * fingerprint has one family, the events of a fingerprint stay in order, though families may overtake each other.
 */
final class Grouping {
    private final List<AlertRecord> alerts = new ArrayList<>();
    private final Set<String> fingerprints = new HashSet<>();

    private Grouping() {}

    /** @param most that are told together */
    static List<List<AlertRecord>> of(List<AlertRecord> batch, int most) {
        List<Grouping> groups = new ArrayList<>();
        Map<String, Grouping> newest = new HashMap<>();
        for (AlertRecord alert : batch) {
            Grouping group = newest.get(alert.event().family());
            if (group == null || !group.takes(alert, most)) {
                group = new Grouping();
                newest.put(alert.event().family(), group);
                groups.add(group);
            }
            group.alerts.add(alert);
            group.fingerprints.add(alert.event().fingerprint());
        }
        return groups.stream().map(g -> List.copyOf(g.alerts)).toList();
    }

    private boolean takes(AlertRecord alert, int most) {
        return alerts.size() < most
                && alerts.get(0).event().state() == alert.event().state()
                && !fingerprints.contains(alert.event().fingerprint());
    }
}
