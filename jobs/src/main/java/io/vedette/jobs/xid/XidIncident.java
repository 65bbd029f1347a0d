package io.vedette.jobs.xid;

/**
 * XIDs of one number on one card that follow each other closely: a crash writes several lines at once. Times are Unix milliseconds.
 *
 * @param number as the driver gives it
 * @param firstMillis the tick at which it was first seen
 * @param lastMillis the newest tick whose shortest window holds one
 */
public record XidIncident(String number, long firstMillis, long lastMillis) {
    public XidIncident {
        if (number.isEmpty() || lastMillis < firstMillis) {
            throw new IllegalArgumentException("an XID '" + number + "' from " + firstMillis + " to " + lastMillis);
        }
    }

    XidIncident seenAt(long millis) {
        return new XidIncident(number, firstMillis, millis);
    }
}
