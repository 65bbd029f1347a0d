package io.vedette.ingest.scrape;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit and then hangs up. */
final class BoundedBody implements BodySubscriber<BoundedBody.Received> {
    private static final int FIRST_CAPACITY = 16 << 10;

    private final int limit;
    private final CompletableFuture<Received> result = new CompletableFuture<>();
    private byte[] bytes;
    private int length;
    private Flow.@Nullable Subscription subscription;

    /** @param whole false when the body was larger than the limit: then these are its first bytes */
    record Received(byte[] bytes, boolean whole) {}

    BoundedBody(int limit) {
        this.limit = limit;
        this.bytes = new byte[Math.min(limit, FIRST_CAPACITY)];
    }

    @Override
    public CompletionStage<Received> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (result.isDone()) {
                return;
            }
            take(buffer);
        }
    }

    private void take(ByteBuffer buffer) {
        int taken = Math.min(buffer.remaining(), limit - length);
        if (length + taken > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(length + taken, 2L * bytes.length)));
        }
        buffer.get(bytes, length, taken);
        length += taken;
        if (buffer.hasRemaining()) {
            end(false);
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }

    @Override
    public void onError(Throwable cause) {
        result.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        end(true);
    }

    private void end(boolean whole) {
        result.complete(new Received(Arrays.copyOf(bytes, length), whole));
    }
}
