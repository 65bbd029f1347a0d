package io.vedette.model.alert;

/** Bytes that are no alert event or state. */
public final class AlertFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What is wrong with them. */
    public enum Reason {
        /** No JSON object. */
        BROKEN,
        /** Written by a newer Vedette in a form that this one would misread. */
        VERSION,
        /** A field that is missing, of the wrong type, or says something impossible. */
        INVALID
    }

    AlertFormatException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    AlertFormatException(Reason reason, Throwable cause) {
        super(cause.getMessage(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
