package io.vedette.model.otlp;

/** A record of {@code vedette.samples} that cannot be used at all. */
public final class UnreadableRecord extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a record cannot be used. */
    public enum Reason {
        /** No OTLP metrics: the bytes are no such protobuf message. */
        MALFORMED("malformed"),
        /** None of its resources says by {@code service.instance.id} which target was scraped. */
        UNNAMED("unnamed"),
        /** Its resources have neither an {@code up} nor another metric that we know, so that nothing says when they were scraped. */
        UNTIMED("untimed");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** The word in metrics and in the header of a rejected record. */
        public String word() {
            return word;
        }
    }

    UnreadableRecord(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    UnreadableRecord(String message, Throwable cause) {
        super(message, cause);
        this.reason = Reason.MALFORMED;
    }

    public Reason reason() {
        return reason;
    }
}
