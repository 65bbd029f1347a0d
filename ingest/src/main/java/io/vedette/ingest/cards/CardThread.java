package io.vedette.ingest.cards;

import io.vedette.ingest.cards.CardFailure.Kind;
import io.vedette.model.yaml.PrometheusDuration;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread of its own for calls into a driver, which may never come back. A thread whose call does not is given up and another one tries again later; once
 * {@value #MOST_GIVEN_UP} are given up, only when one of them has come back. Nobody who asks is ever blocked. Thread-safe.
 *
 * @param <T> what a pass yields
 */
final class CardThread<T> implements AutoCloseable {
    /** A driver that hangs keeps what it was given: each costs a thread. */
    static final int MOST_GIVEN_UP = 4;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

    private final Opener<T> opener;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private @Nullable Worker worker;
    private int givenUp;
    private long giveUps;
    private String lastHang = "";
    private long nextTryNanos;
    private boolean closed;

    /** One round of calls, again and again in the same thread. */
    interface Pass<T> extends AutoCloseable {
        T run() throws CardFailure;

        @Override
        void close();
    }

    /** Begins in a new thread. */
    @FunctionalInterface
    interface Opener<T> {
        Pass<T> open(Progress progress) throws CardFailure;
    }

    /** @param nanoTime as {@link System#nanoTime} */
    CardThread(Opener<T> opener, ScheduledExecutorService timer, LongSupplier nanoTime) {
        this.opener = opener;
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    /**
     * One pass, or the rest of the one that still runs.
     *
     * @return fails with a {@link CardFailure} at the latest when the timeout is over
     */
    synchronized CompletableFuture<T> run(Duration timeout) {
        if (closed) {
            return failed("it is closed");
        }
        Worker current = worker;
        if (current == null) {
            if (nextTryNanos - nanoTime.getAsLong() > 0 && giveUps > 0) {
                return failed(lastHang + "; it is tried again in "
                        + inWords(Duration.ofNanos(nextTryNanos - nanoTime.getAsLong())));
            }
            if (givenUp >= MOST_GIVEN_UP) {
                return failed(lastHang + ", as have " + givenUp
                        + " threads altogether; it is tried again when one of them comes back");
            }
            current = new Worker();
            worker = current;
            current.start();
        }
        Worker asked = current;
        CompletableFuture<T> answer = asked.pass().copy();
        var alarm = timer.schedule(() -> late(asked, answer, timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
        return answer.whenComplete((result, failure) -> alarm.cancel(false));
    }

    private static <T> CompletableFuture<T> failed(String message) {
        return CompletableFuture.failedFuture(new CardFailure(Kind.HANGS, message));
    }

    private static String inWords(Duration duration) {
        return PrometheusDuration.format(duration.plusMillis(999).truncatedTo(ChronoUnit.SECONDS));
    }

    private void late(Worker asked, CompletableFuture<T> answer, Duration timeout) {
        String message;
        synchronized (this) {
            Optional<Progress.Call> call = asked.progress.call();
            String where = call.map(Progress.Call::name).orElse("work between calls");
            Duration stuck = call.map(of -> Duration.ofNanos(nanoTime.getAsLong() - of.sinceNanos()))
                    .orElse(Duration.ZERO);
            Duration patience = call.map(Progress.Call::patience).orElse(Duration.ZERO);
            boolean hangs =
                    call.isPresent() && stuck.compareTo(timeout.dividedBy(2)) >= 0 && stuck.compareTo(patience) >= 0;
            if (!answer.isDone() && worker == asked && hangs) {
                giveUp(asked);
                lastHang = where + " has not come back";
                message = lastHang + " for " + PrometheusDuration.format(stuck.truncatedTo(ChronoUnit.MILLIS));
            } else {
                message = "reading takes longer than " + PrometheusDuration.format(timeout) + "; it is at " + where;
            }
        }
        answer.completeExceptionally(new CardFailure(Kind.HANGS, message, new TimeoutException()));
    }

    private void giveUp(Worker hanging) {
        hanging.progress.giveUp();
        worker = null;
        givenUp++;
        giveUps++;
        nextTryNanos = nanoTime.getAsLong() + (FIRST_PAUSE.toNanos() << Math.min(givenUp - 1, MOST_GIVEN_UP));
    }

    /** One that was given up has come back after all. */
    private synchronized void cameBack() {
        givenUp--;
        nextTryNanos = nanoTime.getAsLong();
    }

    private synchronized void ended(Worker which) {
        if (worker == which) {
            worker = null;
        }
    }

    /** How many threads are given up now. */
    synchronized int givenUp() {
        return givenUp;
    }

    /** Begins nothing any more; what runs ends by itself. */
    @Override
    public synchronized void close() {
        closed = true;
        if (worker != null) {
            worker.stop();
        }
    }

    private final class Worker {
        private final Progress progress = new Progress(nanoTime);
        /** An empty one is the end. */
        private final BlockingQueue<Optional<CompletableFuture<T>>> passes = new LinkedBlockingQueue<>();

        private final Thread thread = new Thread(this::work, "vedette-agent-cards");
        private CompletableFuture<T> running = CompletableFuture.completedFuture(null);

        private void start() {
            thread.setDaemon(true);
            thread.start();
        }

        private CompletableFuture<T> pass() {
            if (running.isDone()) {
                running = new CompletableFuture<>();
                passes.add(Optional.of(running));
            }
            return running;
        }

        private void stop() {
            passes.add(Optional.empty());
        }

        private void work() {
            try {
                serve();
            } catch (Progress.GivenUp late) {
                cameBack();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                ended(this);
            }
        }

        /** A pass that fails closes what was opened: the next one begins anew. */
        private void serve() throws InterruptedException {
            Pass<T> pass = null;
            for (var asked = passes.take(); asked.isPresent(); asked = passes.take()) {
                try {
                    pass = pass == null ? opener.open(progress) : pass;
                    asked.get().complete(pass.run());
                } catch (CardFailure | RuntimeException | LinkageError failure) {
                    if (failure instanceof Progress.GivenUp late) {
                        throw late;
                    }
                    if (pass != null) {
                        pass.close();
                        pass = null;
                    }
                    asked.get().completeExceptionally(failure);
                }
            }
            if (pass != null) {
                pass.close();
            }
        }
    }
}
