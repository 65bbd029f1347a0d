package io.vedette.model.otlp;

import io.vedette.model.otlp.CardInterpretation.Whose;
import io.vedette.model.sample.CardScrape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the cards of a scrape out of its data points, in whatever order they come. Used for one scrape; not thread-safe. */
final class CardAssembler {
    /** Most cards behind one target; points of others are dropped. */
    static final int MOST_CARDS = 256;
    /** Most points that are looked at in one scrape; others are dropped. */
    static final int MOST_POINTS = 50_000;

    private static final Pattern BARE_UUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    private static final Pattern DEVICE = Pattern.compile("(?:nvidia|cuda:|gpu)([0-9]+)");
    private static final Comparator<CardScrape> BY_NAME = Comparator.<CardScrape, String>comparing(
                    scrape -> scrape.card().uuid())
            .thenComparing(scrape -> scrape.card().gpu());

    private final List<CardSlot> cards = new ArrayList<>(0);
    private final PointLabels labels;
    private int points;
    private int dropped;

    CardAssembler(PointLabels labels) {
        this.labels = labels;
    }

    /** A number whose labels were read. */
    void number(List<CardInterpretation> meanings, double value, long startMillis) {
        if (isBlank(value)) {
            dropped++;
            return;
        }
        for (CardInterpretation meaning : meanings) {
            CardSlot slot = slot(meaning.whose());
            if (slot != null) {
                slot.take(meaning, meaning.dimension(labels), value, startMillis);
            }
        }
    }

    /** A point that only names a card. */
    void describe(Whose whose) {
        var unused = slot(whose);
    }

    /** A point that says whose process holds a card. */
    void owner(Whose whose, @Nullable String instance) {
        CardSlot slot = slot(whose);
        if (slot != null && instance != null) {
            slot.owner(instance);
        }
    }

    /** DCGM's words for "not supported" and the like, which some exporters show as numbers: the uppermost sixteen of each of its types. */
    private static boolean isBlank(double value) {
        return (value >= 0x7ffffff0L && value <= 0x7fffffffL)
                || (value >= 140737488355328.0 && value <= 140737488355343.0)
                || value >= 0x7ffffffffffffff0L;
    }

    private @Nullable CardSlot slot(Whose whose) {
        if (points == MOST_POINTS) {
            dropped++;
            return null;
        }
        points++;
        String parent = told(whose.parent());
        String uuid = identity(told(whose.uuid()), told(whose.mig()));
        String gpu = index(told(whose.gpu()));
        if (uuid.isEmpty() && gpu.isEmpty()) {
            dropped++;
            return null;
        }
        CardSlot slot = find(uuid, gpu);
        if (slot != null) {
            slot.describe(gpu, parent, told(whose.product()), told(whose.node()), told(whose.pod()));
        }
        return slot;
    }

    private @Nullable CardSlot find(String uuid, String gpu) {
        for (CardSlot slot : cards) {
            if (slot.is(uuid, gpu)) {
                return slot;
            }
        }
        if (cards.size() == MOST_CARDS) {
            dropped++;
            return null;
        }
        CardSlot added = new CardSlot(uuid, gpu);
        cards.add(added);
        return added;
    }

    private String told(int[] byPreference) {
        String value = labels.first(byPreference);
        return value == null ? "" : value;
    }

    /** As NVML writes it, whoever does; an instance of a divided card that is told by the card's UUID has its number behind that. */
    private static String identity(String uuid, String mig) {
        String full = BARE_UUID.matcher(uuid).matches() ? "GPU-" + uuid.toLowerCase(Locale.ROOT) : uuid;
        return mig.isEmpty() || full.isEmpty() || full.startsWith("MIG-") ? full : full + '/' + mig;
    }

    private static String index(String gpu) {
        var device = DEVICE.matcher(gpu);
        return device.matches() ? device.group(1) : gpu;
    }

    /** The cards by name; to be called once. */
    List<CardScrape> cards() {
        List<CardScrape> scrapes = new ArrayList<>(cards.size());
        for (CardSlot slot : cards) {
            scrapes.add(slot.toScrape());
            dropped += slot.dropped();
        }
        scrapes.sort(BY_NAME);
        return scrapes;
    }

    /** How many samples were dropped, complete after {@link #cards}. */
    int dropped() {
        return dropped;
    }
}
