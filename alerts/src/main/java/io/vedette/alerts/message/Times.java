package io.vedette.alerts.message;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes times as a clock on the wall of one zone shows them. */
final class Times {
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final ZoneId zone;

    Times(ZoneId zone) {
        this.zone = zone;
    }

    /** {@code 2026-02-07 17:47:40 UTC+08:00}. */
    String dayAndTime(Instant time) {
        return DAY_AND_TIME.format(time.atZone(zone)) + ' ' + offset(time);
    }

    /** {@code 17:45:40}. */
    String time(Instant time) {
        return TIME.format(time.atZone(zone));
    }

    /** A time of which another one has been told already: without the day where that is the same. */
    String timeAfter(Instant earlier, Instant time) {
        return earlier.atZone(zone).toLocalDate().equals(time.atZone(zone).toLocalDate())
                ? time(time)
                : DAY_AND_TIME.format(time.atZone(zone));
    }

    private String offset(Instant time) {
        ZoneOffset offset = zone.getRules().getOffset(time);
        return offset.equals(ZoneOffset.UTC) ? "UTC" : "UTC" + offset.getId();
    }
}
