package io.vedette.jobs.run;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.util.StateMigrationException;

/**
 * What a failed job's state has to do with it. Flink has few exceptions of their own for that and throws anything at all where state is read: so it is
 * told by the place where it was thrown.
 */
enum StateFault {
    /** Nothing: another state would help as little. */
    NONE,
    /** A file is missing or damaged, as after a power cut: an older checkpoint may do. */
    UNREADABLE,
    /** It was written by a job of another form; older checkpoints were as well. */
    MISFIT;

    /** Where state is read: metadata and positions of sources, state of operators and keys, splits of sources. */
    private static final List<String> PLACES = List.of(
            "org.apache.flink.runtime.checkpoint.CheckpointCoordinator.restoreSavepoint",
            "org.apache.flink.streaming.api.operators.StreamTaskStateInitializerImpl.streamOperatorStateContext",
            "org.apache.flink.streaming.api.operators.util.SimpleVersionedListState");

    private static final int LONGEST_CHAIN = 50;

    static StateFault of(Throwable failure) {
        List<Throwable> chain = chain(failure);
        if (chain.stream().anyMatch(StateMigrationException.class::isInstance)) {
            return MISFIT;
        }
        if (chain.stream().noneMatch(StateFault::isOfReadingState)) {
            return NONE;
        }
        return chain.stream().anyMatch(IOException.class::isInstance) ? UNREADABLE : MISFIT;
    }

    private static List<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .toList();
    }

    private static boolean isOfReadingState(Throwable cause) {
        return Stream.of(cause.getStackTrace())
                .map(frame -> frame.getClassName() + '.' + frame.getMethodName())
                .anyMatch(place -> PLACES.stream().anyMatch(place::startsWith));
    }
}
