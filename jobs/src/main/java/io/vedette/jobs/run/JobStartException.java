package io.vedette.jobs.run;

/** A job that did not start; the message is for the user. */
public final class JobStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
