package io.vedette.cli.capture;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a recorded scrape: {@code UNIX_MILLIS.prom} or {@code UNIX_MILLIS.down}. */
record EntryName(long timeMillis, boolean failed) implements Comparable<EntryName> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\.(prom|down)");
    private static final Pattern MEANT = Pattern.compile(".*\\.(prom|down)");

    /** Reads a path within an archive or folder; empty when its last part is no such name. */
    static Optional<EntryName> of(String path) {
        Matcher matcher = FORM.matcher(last(path));
        return matcher.matches()
                ? Optional.of(new EntryName(
                        Long.parseLong(matcher.group(1)), matcher.group(2).equals("down")))
                : Optional.empty();
    }

    /** Whether a path was meant to be a recorded scrape, by its ending: if it has no right name, somebody should know. */
    static boolean isMeant(String path) {
        return MEANT.matcher(last(path)).matches();
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(EntryName other) {
        int byTime = Long.compare(timeMillis, other.timeMillis);
        return byTime != 0 ? byTime : Boolean.compare(failed, other.failed);
    }

    @Override
    public String toString() {
        return timeMillis + (failed ? ".down" : ".prom");
    }
}
