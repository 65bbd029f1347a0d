package io.vedette.jobs.rules;

import java.util.HashMap;
import java.util.Map;

/** Gives each different reading of a rule set a slot, so that it is worked out once a frame. Not thread-safe. */
final class Readings {
    private final Map<Reading, Integer> slots = new HashMap<>();

    NumberExpr.Read of(Reading reading) {
        int next = slots.size();
        return new NumberExpr.Read(slots.computeIfAbsent(reading, r -> next), reading);
    }

    int size() {
        return slots.size();
    }
}
