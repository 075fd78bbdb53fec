//! Numbers that CPython 3.11 drew from the same seeds.

use super::Random;
use crate::py::text::Text;

#[test]
fn draws_are_those_of_cpython() {
    let r = Random::new(0);
    assert_eq!(
        ((0..3).map(|_| r.random()).collect::<Vec<_>>()).repr_text(),
        "[0.8444218515250481, 0.7579544029403025, 0.420571580830845]"
    );
    let r = Random::new(0);
    assert_eq!(
        ([1, 31, 32, 33, 63].map(|k| r.getrandbits(k))).repr_text(),
        "[1, 827307999, 3255389356, 3823568514, 2388085504187641652]"
    );
    let r = Random::new(0);
    assert_eq!(
        ((0..4)
            .map(|_| r.randint(-5, 1_000_000_000_000))
            .collect::<Vec<_>>())
        .repr_text(),
        "[424533559240, 978212965543, 44756014160, 534771852893]"
    );
    let r = Random::new(0);
    assert_eq!(
        ((0..9)
            .map(|_| r.randrange(10, Some(0), -3))
            .collect::<Vec<_>>())
        .repr_text(),
        "[1, 1, 10, 4, 1, 1, 4, 1, 4]"
    );
    let r = Random::new(0);
    assert_eq!(
        ((0..9).map(|_| r.choice(&[10, 20, 30])).collect::<Vec<_>>()).repr_text(),
        "[20, 20, 10, 20, 30, 20, 20, 20, 20]"
    );
    let r = Random::new(0);
    assert_eq!(
        ({
            let mut x = Vec::from_iter(0..12);
            r.shuffle(&mut x);
            x
        })
        .repr_text(),
        "[1, 9, 8, 5, 10, 2, 3, 7, 4, 0, 11, 6]"
    );
    let r = Random::new(0);
    assert_eq!(
        (r.sample(0..20, 7)).repr_text(),
        "[12, 13, 1, 8, 15, 6, 19]"
    );
    let r = Random::new(0);
    assert_eq!(
        (r.sample(0..1000, 7)).repr_text(),
        "[864, 394, 776, 911, 430, 41, 265]"
    );
    let r = Random::new(0);
    assert_eq!((r.choices([1, 2, 3], 6)).repr_text(), "[3, 3, 2, 1, 2, 2]");
    let r = Random::new(0);
    assert_eq!(
        (r.choices_by_weight([1, 2, 3], [5.0, 1.0, 0.5], false, 6)).repr_text(),
        "[2, 1, 1, 1, 1, 1]"
    );
    let r = Random::new(0);
    assert_eq!(
        (r.choices_by_weight([1, 2, 3], [5, 6, 7], true, 6)).repr_text(),
        "[2, 2, 1, 1, 1, 1]"
    );
    let r = Random::new(0);
    assert_eq!(
        ([
            r.uniform(-1.0, 1.0),
            r.triangular(0.0, 1.0, Some(0.3)),
            r.triangular(2.0, 5.0, None)
        ])
        .repr_text(),
        "[0.6888437030500962, 0.5883789146049632, 3.3757078591542617]"
    );
    let r = Random::new(0);
    assert_eq!(
        ((0..3).map(|_| r.gauss(1.0, 2.0)).collect::<Vec<_>>()).repr_text(),
        "[2.883430809361329, -1.7931562094022997, -0.35942889615684215]"
    );
    let r = Random::new(0);
    assert_eq!(
        ((0..3)
            .map(|_| r.normalvariate(0.0, 1.0))
            .collect::<Vec<_>>())
        .repr_text(),
        "[-0.18386822109325826, 0.0325041290775818, 0.6988276932539805]"
    );
    let r = Random::new(0);
    assert_eq!(
        ([
            r.expovariate(1.5),
            r.gammavariate(2.5, 1.0),
            r.gammavariate(0.4, 2.0),
            r.gammavariate(1.0, 2.0),
            r.betavariate(2.0, 3.0)
        ])
        .repr_text(),
        "[1.2404047407101488, 4.4239779656561105, 0.096157368434002, 1.038166372403834, 0.5938787965260754]"
    );
    let r = Random::new(0);
    assert_eq!(
        ([
            r.vonmisesvariate(1.0, 4.0),
            r.paretovariate(3.0),
            r.weibullvariate(1.0, 2.0),
            r.lognormvariate(0.0, 1.0)
        ])
        .repr_text(),
        "[1.3830520241317794, 1.1888990712930423, 1.2375559977611854, 0.5248354698276801]"
    );
    let r = Random::new(42);
    assert_eq!(
        ((0..3).map(|_| r.random()).collect::<Vec<_>>()).repr_text(),
        "[0.6394267984578837, 0.025010755222666936, 0.27502931836911926]"
    );
    let r = Random::new(42);
    assert_eq!(
        ([1, 31, 32, 33, 63].map(|k| r.getrandbits(k))).repr_text(),
        "[1, 239081663, 107420369, 3184935163, 2058755736454904720]"
    );
    let r = Random::new(42);
    assert_eq!(
        ((0..4)
            .map(|_| r.randint(-5, 1_000_000_000_000))
            .collect::<Vec<_>>())
        .repr_text(),
        "[123005401496, 811856239308, 267469214290, 151282538201]"
    );
    let r = Random::new(42);
    assert_eq!(
        ((0..9)
            .map(|_| r.randrange(10, Some(0), -3))
            .collect::<Vec<_>>())
        .repr_text(),
        "[10, 10, 4, 7, 7, 7, 10, 10, 1]"
    );
    let r = Random::new(42);
    assert_eq!(
        ((0..9).map(|_| r.choice(&[10, 20, 30])).collect::<Vec<_>>()).repr_text(),
        "[30, 10, 10, 30, 20, 10, 10, 10, 30]"
    );
    let r = Random::new(42);
    assert_eq!(
        ({
            let mut x = Vec::from_iter(0..12);
            r.shuffle(&mut x);
            x
        })
        .repr_text(),
        "[7, 5, 2, 8, 9, 6, 11, 3, 4, 0, 1, 10]"
    );
    let r = Random::new(42);
    assert_eq!((r.sample(0..20, 7)).repr_text(), "[3, 0, 8, 7, 16, 2, 11]");
    let r = Random::new(42);
    assert_eq!(
        (r.sample(0..1000, 7)).repr_text(),
        "[654, 114, 25, 759, 281, 250, 228]"
    );
    let r = Random::new(42);
    assert_eq!((r.choices([1, 2, 3], 6)).repr_text(), "[2, 1, 1, 1, 3, 3]");
    let r = Random::new(42);
    assert_eq!(
        (r.choices_by_weight([1, 2, 3], [5.0, 1.0, 0.5], false, 6)).repr_text(),
        "[1, 1, 1, 1, 1, 1]"
    );
    let r = Random::new(42);
    assert_eq!(
        (r.choices_by_weight([1, 2, 3], [5, 6, 7], true, 6)).repr_text(),
        "[1, 1, 1, 1, 2, 1]"
    );
    let r = Random::new(42);
    assert_eq!(
        ([
            r.uniform(-1.0, 1.0),
            r.triangular(0.0, 1.0, Some(0.3)),
            r.triangular(2.0, 5.0, None)
        ])
        .repr_text(),
        "[0.2788535969157675, 0.08662116696743401, 3.112489070805209]"
    );
    let r = Random::new(42);
    assert_eq!(
        ((0..3).map(|_| r.gauss(1.0, 2.0)).collect::<Vec<_>>()).repr_text(),
        "[0.7118193408441433, 0.6541927993369614, 0.777368276864675]"
    );
    let r = Random::new(42);
    assert_eq!(
        ((0..3)
            .map(|_| r.normalvariate(0.0, 1.0))
            .collect::<Vec<_>>())
        .repr_text(),
        "[0.2453263417078634, -0.49684447341120286, 1.2547859310574627]"
    );
    let r = Random::new(42);
    assert_eq!(
        ([
            r.expovariate(1.5),
            r.gammavariate(2.5, 1.0),
            r.gammavariate(0.4, 2.0),
            r.gammavariate(1.0, 2.0),
            r.betavariate(2.0, 3.0)
        ])
        .repr_text(),
        "[0.680040191516534, 0.4004086944105485, 0.06635442801251491, 2.2583460175971855, 0.49557870452635877]"
    );
    let r = Random::new(42);
    assert_eq!(
        ([
            r.vonmisesvariate(1.0, 4.0),
            r.paretovariate(3.0),
            r.weibullvariate(1.0, 2.0),
            r.lognormvariate(0.0, 1.0)
        ])
        .repr_text(),
        "[0.25213985140756456, 1.0878414320632805, 1.1548128302058662, 16.63419335706734]"
    );
    let r = Random::new(-7);
    assert_eq!(
        ((0..3).map(|_| r.random()).collect::<Vec<_>>()).repr_text(),
        "[0.32383276483316237, 0.15084917392450192, 0.6509344730398537]"
    );
    let r = Random::new(-7);
    assert_eq!(
        ([1, 31, 32, 33, 63].map(|k| r.getrandbits(k))).repr_text(),
        "[0, 2035525362, 647892279, 5990721294, 668106803327565776]"
    );
    let r = Random::new(-7);
    assert_eq!(
        ((0..4)
            .map(|_| r.randint(-5, 1_000_000_000_000))
            .collect::<Vec<_>>())
        .repr_text(),
        "[434439589170, 54335349835, 902254243630, 105380810790]"
    );
    let r = Random::new(-7);
    assert_eq!(
        ((0..9)
            .map(|_| r.randrange(10, Some(0), -3))
            .collect::<Vec<_>>())
        .repr_text(),
        "[4, 7, 1, 10, 10, 10, 4, 10, 7]"
    );
    let r = Random::new(-7);
    assert_eq!(
        ((0..9).map(|_| r.choice(&[10, 20, 30])).collect::<Vec<_>>()).repr_text(),
        "[20, 10, 20, 30, 10, 10, 30, 10, 20]"
    );
    let r = Random::new(-7);
    assert_eq!(
        ({
            let mut x = Vec::from_iter(0..12);
            r.shuffle(&mut x);
            x
        })
        .repr_text(),
        "[7, 11, 3, 10, 8, 4, 9, 1, 0, 6, 2, 5]"
    );
    let r = Random::new(-7);
    assert_eq!((r.sample(0..20, 7)).repr_text(), "[10, 4, 12, 1, 2, 13, 8]");
    let r = Random::new(-7);
    assert_eq!(
        (r.sample(0..1000, 7)).repr_text(),
        "[331, 970, 154, 404, 666, 49, 74]"
    );
    let r = Random::new(-7);
    assert_eq!((r.choices([1, 2, 3], 6)).repr_text(), "[1, 1, 2, 1, 2, 2]");
    let r = Random::new(-7);
    assert_eq!(
        (r.choices_by_weight([1, 2, 3], [5.0, 1.0, 0.5], false, 6)).repr_text(),
        "[1, 1, 1, 1, 1, 1]"
    );
    let r = Random::new(-7);
    assert_eq!(
        (r.choices_by_weight([1, 2, 3], [5, 6, 7], true, 6)).repr_text(),
        "[1, 1, 1, 1, 1, 1]"
    );
    let r = Random::new(-7);
    assert_eq!(
        ([
            r.uniform(-1.0, 1.0),
            r.triangular(0.0, 1.0, Some(0.3)),
            r.triangular(2.0, 5.0, None)
        ])
        .repr_text(),
        "[-0.35233447033367526, 0.21273164357318958, 3.746686443334846]"
    );
    let r = Random::new(-7);
    assert_eq!(
        ((0..3).map(|_| r.gauss(1.0, 2.0)).collect::<Vec<_>>()).repr_text(),
        "[0.4882394231047992, 2.022863025033028, 0.5478076704337906]"
    );
    let r = Random::new(-7);
    assert_eq!(
        ((0..3)
            .map(|_| r.normalvariate(0.0, 1.0))
            .collect::<Vec<_>>())
        .repr_text(),
        "[-0.35590824951057143, 0.27915309343878736, 0.0970447726200016]"
    );
    let r = Random::new(-7);
    assert_eq!(
        ([
            r.expovariate(1.5),
            r.gammavariate(2.5, 1.0),
            r.gammavariate(0.4, 2.0),
            r.gammavariate(1.0, 2.0),
            r.betavariate(2.0, 3.0)
        ])
        .repr_text(),
        "[0.2608765628232029, 1.053705043007888, 0.003980820980975592, 0.9104315551049132, 0.3627315402998741]"
    );
    let r = Random::new(-7);
    assert_eq!(
        ([
            r.vonmisesvariate(1.0, 4.0),
            r.paretovariate(3.0),
            r.weibullvariate(1.0, 2.0),
            r.lognormvariate(0.0, 1.0)
        ])
        .repr_text(),
        "[1.276494508455534, 1.0253813557101181, 0.876137236979314, 0.7830169097693999]"
    );
    let r = Random::new(1099511627781);
    assert_eq!(
        ((0..3).map(|_| r.random()).collect::<Vec<_>>()).repr_text(),
        "[0.5043802970418443, 0.2686044399723282, 0.9257865475671585]"
    );
    let r = Random::new(1099511627781);
    assert_eq!(
        ([1, 31, 32, 33, 63].map(|k| r.getrandbits(k))).repr_text(),
        "[1, 1110080414, 1153647273, 7145959170, 4897234565577671816]"
    );
    let r = Random::new(1099511627781);
    assert_eq!(
        ((0..4)
            .map(|_| r.randint(-5, 1_000_000_000_000))
            .collect::<Vec<_>>())
        .repr_text(),
        "[569101979935, 727003120292, 34040994011, 835504107972]"
    );
    let r = Random::new(1099511627781);
    assert_eq!(
        ((0..9)
            .map(|_| r.randrange(10, Some(0), -3))
            .collect::<Vec<_>>())
        .repr_text(),
        "[4, 10, 10, 7, 10, 7, 7, 7, 7]"
    );
    let r = Random::new(1099511627781);
    assert_eq!(
        ((0..9).map(|_| r.choice(&[10, 20, 30])).collect::<Vec<_>>()).repr_text(),
        "[30, 30, 20, 30, 10, 30, 10, 10, 10]"
    );
    let r = Random::new(1099511627781);
    assert_eq!(
        ({
            let mut x = Vec::from_iter(0..12);
            r.shuffle(&mut x);
            x
        })
        .repr_text(),
        "[3, 5, 2, 9, 6, 7, 1, 10, 0, 4, 11, 8]"
    );
    let r = Random::new(1099511627781);
    assert_eq!((r.sample(0..20, 7)).repr_text(), "[16, 19, 8, 0, 1, 2, 15]");
    let r = Random::new(1099511627781);
    assert_eq!(
        (r.sample(0..1000, 7)).repr_text(),
        "[516, 529, 275, 679, 948, 28, 543]"
    );
    let r = Random::new(1099511627781);
    assert_eq!((r.choices([1, 2, 3], 6)).repr_text(), "[2, 1, 3, 2, 3, 3]");
    let r = Random::new(1099511627781);
    assert_eq!(
        (r.choices_by_weight([1, 2, 3], [5.0, 1.0, 0.5], false, 6)).repr_text(),
        "[1, 1, 3, 1, 2, 2]"
    );
    let r = Random::new(1099511627781);
    assert_eq!(
        (r.choices_by_weight([1, 2, 3], [5, 6, 7], true, 6)).repr_text(),
        "[1, 1, 3, 1, 2, 2]"
    );
    let r = Random::new(1099511627781);
    assert_eq!(
        ([
            r.uniform(-1.0, 1.0),
            r.triangular(0.0, 1.0, Some(0.3)),
            r.triangular(2.0, 5.0, None)
        ])
        .repr_text(),
        "[0.008760594083688567, 0.28386851180026723, 4.422106812682666]"
    );
    let r = Random::new(1099511627781);
    assert_eq!(
        ((0..3).map(|_| r.gauss(1.0, 2.0)).collect::<Vec<_>>()).repr_text(),
        "[-0.5813006433526384, 0.9564681069885376, 3.1982625304553616]"
    );
    let r = Random::new(1099511627781);
    assert_eq!(
        ((0..3)
            .map(|_| r.normalvariate(0.0, 1.0))
            .collect::<Vec<_>>())
        .repr_text(),
        "[0.01027422317891044, 1.5573244536541846, 0.42572976662003087]"
    );
    let r = Random::new(1099511627781);
    assert_eq!(
        ([
            r.expovariate(1.5),
            r.gammavariate(2.5, 1.0),
            r.gammavariate(0.4, 2.0),
            r.gammavariate(1.0, 2.0),
            r.betavariate(2.0, 3.0)
        ])
        .repr_text(),
        "[0.4679642495002185, 1.5150272434646341, 2.3357395472151214, 3.1843351420533113, 0.1377018809760764]"
    );
    let r = Random::new(1099511627781);
    assert_eq!(
        ([
            r.vonmisesvariate(1.0, 4.0),
            r.paretovariate(3.0),
            r.weibullvariate(1.0, 2.0),
            r.lognormvariate(0.0, 1.0)
        ])
        .repr_text(),
        "[1.4955486451006221, 1.2870531192953767, 1.305202120791562, 2.2364468036968153]"
    );
}

#[test]
fn floats_seed_by_their_hash() {
    assert_eq!(Random::new(1.5).random().repr_text(), "0.551763726942059");
}

#[test]
fn errors_have_the_texts_of_cpython() {
    let r = Random::new(1);
    assert_eq!(
        r.try_randint(5, 1).unwrap_err().message(),
        "empty range for randrange() (5, 2, -3)"
    );
    assert_eq!(
        r.try_choice::<i64>(&[]).unwrap_err().message(),
        "Cannot choose from an empty sequence"
    );
    assert_eq!(
        r.try_sample([1], 2).unwrap_err().message(),
        "Sample larger than population or is negative"
    );
}
