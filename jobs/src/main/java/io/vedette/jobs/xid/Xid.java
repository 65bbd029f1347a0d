package io.vedette.jobs.xid;

/**
 * An error of NVIDIA's driver. Immutable.
 *
 * @param number as the driver gives it
 * @param meaning what happened, as it is said behind a colon
 * @param action the next step, in a sentence
 */
public record Xid(String number, XidClass xidClass, String meaning, String action) {
    public Xid {
        if (number.isEmpty() || meaning.isEmpty() || action.isEmpty()) {
            throw new IllegalArgumentException(
                    "an XID needs number, meaning and action: '" + number + "', '" + meaning + "', '" + action + "'");
        }
    }

    /** In words: {@code "XID 79: the card has fallen off the bus"}. */
    public String described() {
        return "XID " + number + ": " + meaning;
    }
}
