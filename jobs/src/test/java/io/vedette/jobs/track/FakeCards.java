package io.vedette.jobs.track;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Cards that do what they are told to, as the agent's own readings show them: in the DCGM exporter's names. */
public final class FakeCards {
    public static final double MIB = 1024 * 1024;

    private final List<Card> cards = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Set<Integer> missing = new TreeSet<>();

    private static final class Card {
        private double utilization;
        private double usedMib;
        private long reasons;
        private int xid;
        private String owner = "";
    }

    /** So many cards, each with 24,576 MiB. */
    public FakeCards(int count) {
        for (int i = 0; i < count; i++) {
            cards.add(new Card());
        }
    }

    public FakeCards work(int card, double utilizationPercent, double usedMib) {
        cards.get(card).utilization = utilizationPercent;
        cards.get(card).usedMib = usedMib;
        return this;
    }

    /** NVML's mask of clocks-event reasons. */
    public FakeCards slow(int card, long reasons) {
        cards.get(card).reasons = reasons;
        return this;
    }

    /** The newest XID; 0 for none. */
    public FakeCards xid(int card, int xid) {
        cards.get(card).xid = xid;
        return this;
    }

    /** The instance whose process holds the card; empty for none. */
    public FakeCards hold(int card, String instance) {
        cards.get(card).owner = instance;
        return this;
    }

    /** From now on the card is not shown. */
    public FakeCards lose(int card) {
        missing.add(card);
        return this;
    }

    public FakeCards find(int card) {
        missing.remove(card);
        return this;
    }

    public static String uuid(int card) {
        return "GPU-0000000" + card + "-0000-0000-0000-000000000000";
    }

    /** What a scrape shows. */
    public byte[] body() {
        lines.clear();
        gauge("DCGM_FI_DEV_GPU_UTIL", card -> card.utilization);
        gauge("DCGM_FI_DEV_FB_USED", card -> card.usedMib);
        gauge("DCGM_FI_DEV_FB_FREE", card -> 24_576 - card.usedMib);
        gauge("DCGM_FI_DEV_GPU_TEMP", card -> 60);
        gauge("DCGM_FI_DEV_POWER_USAGE", card -> 200.5);
        gauge("DCGM_FI_DEV_SM_CLOCK", card -> 2_520);
        gauge("DCGM_FI_DEV_CLOCKS_EVENT_REASONS", card -> card.reasons);
        gauge("DCGM_FI_DEV_XID_ERRORS", card -> card.xid);
        lines.add("# TYPE vedette_gpu_owner gauge");
        for (int i = 0; i < cards.size(); i++) {
            if (!missing.contains(i) && !cards.get(i).owner.isEmpty()) {
                lines.add("vedette_gpu_owner{" + labels(i) + ",instance=\"" + cards.get(i).owner + "\"} 1");
            }
        }
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** What is shown of a card. */
    private interface Value {
        double of(Card card);
    }

    private void gauge(String name, Value value) {
        lines.add("# TYPE " + name + " gauge");
        for (int i = 0; i < cards.size(); i++) {
            if (!missing.contains(i)) {
                lines.add(String.format(Locale.ROOT, "%s{%s} %s", name, labels(i), value.of(cards.get(i))));
            }
        }
    }

    private static String labels(int card) {
        return "gpu=\"" + card + "\",UUID=\"" + uuid(card) + "\",device=\"nvidia" + card
                + "\",modelName=\"NVIDIA GeForce RTX 4090 D\",Hostname=\"node-1\"";
    }
}
