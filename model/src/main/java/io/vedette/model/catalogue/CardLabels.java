package io.vedette.model.catalogue;

import java.io.Serializable;
import java.util.List;

/**
 * The labels by which a program that shows cards says which card a series is of, each by preference.
 *
 * @param uuid identity; where there is none, the index is
 * @param gpu index of the card on its node: a number, or a device's name that ends in it ({@code nvidia0}, {@code cuda:0})
 * @param mig instance of a divided card (MIG)
 * @param parent UUID of the divided card
 * @param product name of the product
 * @param node the card's node, where the target does not say it
 * @param pod the pod that has been given the card
 */
public record CardLabels(
        List<String> uuid,
        List<String> gpu,
        List<String> mig,
        List<String> parent,
        List<String> product,
        List<String> node,
        List<String> pod)
        implements Serializable {
    public CardLabels {
        uuid = List.copyOf(uuid);
        gpu = List.copyOf(gpu);
        mig = List.copyOf(mig);
        parent = List.copyOf(parent);
        product = List.copyOf(product);
        node = List.copyOf(node);
        pod = List.copyOf(pod);
    }
}
