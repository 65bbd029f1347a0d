package io.vedette.alerts.alertmanager;

import static java.util.stream.Collectors.joining;

import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What the answers of several servers to the same alerts mean together: one that has them is enough. */
final class Answers {
    private Answers() {}

    /**
     * Waits until one of the servers has the alerts, or all have answered.
     *
     * @param answers by the server's name; none of them ever fails
     */
    static Answer firstDelivered(Map<String, CompletableFuture<Answer>> answers) throws InterruptedException {
        CompletableFuture<Answer> first = new CompletableFuture<>();
        CompletableFuture<?>[] seen = answers.values().stream()
                .map(answer -> answer.thenAccept(given -> {
                    if (given.outcome() == Outcome.DELIVERED) {
                        first.complete(given);
                    }
                }))
                .toArray(CompletableFuture[]::new);
        var unused = CompletableFuture.allOf(seen).thenRun(() -> first.complete(undelivered(answers)));
        try {
            return first.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("answers don't fail", e);
        }
    }

    /** As long as one of them may still take them, it is worth another attempt. */
    private static Answer undelivered(Map<String, CompletableFuture<Answer>> answers) {
        String reasons = answers.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue().join().reason())
                .collect(joining("; "));
        boolean later = answers.values().stream().anyMatch(a -> a.join().outcome() == Outcome.RETRY);
        Optional<Duration> soonest = answers.values().stream()
                .flatMap(a -> a.join().retryAfter().stream())
                .min(Duration::compareTo);
        return later ? new Answer(Outcome.RETRY, reasons, soonest) : Answer.refused(reasons);
    }
}
