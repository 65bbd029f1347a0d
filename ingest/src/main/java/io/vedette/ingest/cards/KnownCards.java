package io.vedette.ingest.cards;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is remembered of a node's cards from one reading to the next: who was there, and which XIDs came. Thread-safe. */
final class KnownCards {
    private final Map<String, CardId> byUuid = new LinkedHashMap<>();
    private final Map<XidKey, Counts> xids = new TreeMap<>();
    private int most;

    /** Kinds of trouble are counted apart. */
    private record XidKey(String uuid, long xid) implements Comparable<XidKey> {
        @Override
        public int compareTo(XidKey other) {
            int order = uuid.compareTo(other.uuid);
            return order != 0 ? order : Long.compare(xid, other.xid);
        }
    }

    /** Who told it how often. Both tell the same events, so the larger number is how many there were. */
    private static final class Counts {
        private long byDriver;
        private long byKernelLog;

        private long events() {
            return Math.max(byDriver, byKernelLog);
        }
    }

    /**
     * How often an XID came since the agent's start.
     *
     * @param card one that is or was there
     */
    record XidCount(CardId card, long xid, long events) {}

    /** What is known after a reading. */
    record Known(int expected, List<CardId> present, List<CardId> lost, List<XidCount> xids) {}

    /** Takes note of a reading, and of what the kernel has logged meanwhile. */
    synchronized Known update(NodeReading reading, List<XidEvent> logged) {
        most = Math.max(most, reading.counted());
        List<CardId> present = new ArrayList<>();
        for (CardReading card : reading.cards()) {
            if (card.id().instance().isEmpty()) {
                present.add(card.id());
                byUuid.put(card.id().uuid(), card.id());
            }
        }
        reading.xids().forEach(event -> count(event, true));
        logged.forEach(event -> count(event, false));
        return new Known(most, present, lost(reading, present), counts());
    }

    private List<CardId> lost(NodeReading reading, List<CardId> present) {
        Set<String> there = new HashSet<>();
        present.forEach(card -> there.add(card.uuid()));
        return byUuid.values().stream()
                .filter(card -> !there.contains(card.uuid()))
                .filter(card -> !reading.silent().contains(card.index()))
                .toList();
    }

    private void count(XidEvent event, boolean byDriver) {
        for (CardId card : byUuid.values()) {
            if (PciAddress.same(card.pciBusId(), event.pciBusId())) {
                Counts counts = xids.computeIfAbsent(new XidKey(card.uuid(), event.xid()), key -> new Counts());
                if (byDriver) {
                    counts.byDriver++;
                } else {
                    counts.byKernelLog++;
                }
            }
        }
    }

    private List<XidCount> counts() {
        List<XidCount> counts = new ArrayList<>();
        xids.forEach((key, of) -> {
            CardId card = byUuid.get(key.uuid());
            if (card != null) {
                counts.add(new XidCount(card, key.xid(), of.events()));
            }
        });
        return counts;
    }
}
