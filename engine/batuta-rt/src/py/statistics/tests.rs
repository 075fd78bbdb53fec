//! Results of CPython 3.11.

use super::*;
use crate::py::text::Text;

#[test]
fn results_are_those_of_cpython() {
    let data = || [1.0, 2.5, 4.0, 4.0].into_iter();
    assert_eq!(mean(data()).repr_text(), "2.875");
    assert_eq!(fmean(data()).repr_text(), "2.875");
    assert_eq!(median(data()).repr_text(), "3.25");
    assert_eq!(median_low(data()).repr_text(), "2.5");
    assert_eq!(median_high(data()).repr_text(), "4.0");
    assert_eq!(mode(data()).repr_text(), "4.0");
    assert_eq!(variance(data(), None).repr_text(), "2.0625");
    assert_eq!(pvariance(data(), None).repr_text(), "1.546875");
    assert_eq!(stdev(data(), None).repr_text(), "1.4361406616345072");
    assert_eq!(pstdev(data(), None).repr_text(), "1.243734296383275");
    assert_eq!(
        quantiles(data(), 4, "exclusive").repr_text(),
        "[1.375, 3.25, 4.0]"
    );
    assert_eq!(
        quantiles(data(), 10, "inclusive").repr_text(),
        "[1.45, 1.9, 2.35, 2.8, 3.25, 3.7, 4.0, 4.0, 4.0]"
    );
    assert_eq!(multimode(data()).repr_text(), "[4.0]");
    let data = || [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 1e-17].into_iter();
    assert_eq!(mean(data()).repr_text(), "0.11111111111111112");
    assert_eq!(fmean(data()).repr_text(), "0.1111111111111111");
    assert_eq!(median(data()).repr_text(), "0.1");
    assert_eq!(median_low(data()).repr_text(), "0.1");
    assert_eq!(median_high(data()).repr_text(), "0.1");
    assert_eq!(mode(data()).repr_text(), "0.1");
    assert_eq!(variance(data(), None).repr_text(), "0.0061111111111111106");
    assert_eq!(pvariance(data(), None).repr_text(), "0.005432098765432098");
    assert_eq!(stdev(data(), None).repr_text(), "0.07817359599705716");
    assert_eq!(pstdev(data(), None).repr_text(), "0.07370277311900889");
    assert_eq!(
        quantiles(data(), 4, "exclusive").repr_text(),
        "[0.1, 0.1, 0.1]"
    );
    assert_eq!(
        quantiles(data(), 10, "inclusive").repr_text(),
        "[0.08, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.13999999999999999]"
    );
    assert_eq!(multimode(data()).repr_text(), "[0.1]");
    let data = || {
        [
            0.09470803828730423,
            1.2500243810835503,
            -0.931378367720707,
            0.9923772805192402,
            -0.25915453769343405,
            -0.26151098398117395,
            1.8997252784647571,
            0.1575370716337192,
            -0.042924253792244314,
            0.7294984864356091,
            1.1268539623838552,
            -0.030843275034930208,
            0.5879937451803643,
            -0.9737243574656976,
            -0.3667904699805292,
            -0.4381250344027819,
            -1.3322831645911484,
            -1.5085141271610722,
            -1.6269127299570283,
            -0.23865285544380352,
            -0.17242544785211128,
            -0.3203377073792124,
            0.06912764471505721,
            -1.3355855015706948,
            -0.07946503129535401,
            0.2380985047634084,
            0.7510424068935216,
            -0.8462226452665478,
            -0.39987080697555927,
            -2.0151776559190417,
            -0.5036495638820018,
            -2.196691021636984,
            -1.419386020892132,
            1.1015114923556097,
            -2.201628959442732,
            0.7985617632771143,
            0.32789665192709316,
            -0.312339099528362,
            0.4593434377705517,
            0.5274612940411891,
            1.0454213122973974,
            -0.2303701636033584,
            -0.5922198409312717,
            -0.6046153278229037,
            -0.986441602155549,
            -0.044922997490491376,
            -0.7857585461573913,
            1.068594497766815,
            -1.8694236238317397,
            -1.093744701790274,
        ]
        .into_iter()
    };
    assert_eq!(mean(data()).repr_text(), "-0.2559062634570421");
    assert_eq!(fmean(data()).repr_text(), "-0.25590626345704215");
    assert_eq!(median(data()).repr_text(), "-0.24890369656861877");
    assert_eq!(median_low(data()).repr_text(), "-0.25915453769343405");
    assert_eq!(median_high(data()).repr_text(), "-0.23865285544380352");
    assert_eq!(mode(data()).repr_text(), "0.09470803828730423");
    assert_eq!(variance(data(), None).repr_text(), "0.9256550442301777");
    assert_eq!(pvariance(data(), None).repr_text(), "0.9071419433455742");
    assert_eq!(stdev(data(), None).repr_text(), "0.9621096840954142");
    assert_eq!(pstdev(data(), None).repr_text(), "0.9524399946167602");
    assert_eq!(
        quantiles(data(), 4, "exclusive").repr_text(),
        "[-0.9419648651569548, -0.24890369656861877, 0.47637290183821107]"
    );
    assert_eq!(
        quantiles(data(), 10, "inclusive").repr_text(),
        "[-1.520353987440668, -1.0079022220824938, -0.65895829332325, -0.3800226047785412, -0.2489036965686188, -0.04412350001119255, 0.18170550157262594, 0.6162946934314133, 1.0477386308443393]"
    );
    assert_eq!(
        multimode(data()).repr_text(),
        "[0.09470803828730423, 1.2500243810835503, -0.931378367720707, 0.9923772805192402, -0.25915453769343405, -0.26151098398117395, 1.8997252784647571, 0.1575370716337192, -0.042924253792244314, 0.7294984864356091, 1.1268539623838552, -0.030843275034930208, 0.5879937451803643, -0.9737243574656976, -0.3667904699805292, -0.4381250344027819, -1.3322831645911484, -1.5085141271610722, -1.6269127299570283, -0.23865285544380352, -0.17242544785211128, -0.3203377073792124, 0.06912764471505721, -1.3355855015706948, -0.07946503129535401, 0.2380985047634084, 0.7510424068935216, -0.8462226452665478, -0.39987080697555927, -2.0151776559190417, -0.5036495638820018, -2.196691021636984, -1.419386020892132, 1.1015114923556097, -2.201628959442732, 0.7985617632771143, 0.32789665192709316, -0.312339099528362, 0.4593434377705517, 0.5274612940411891, 1.0454213122973974, -0.2303701636033584, -0.5922198409312717, -0.6046153278229037, -0.986441602155549, -0.044922997490491376, -0.7857585461573913, 1.068594497766815, -1.8694236238317397, -1.093744701790274]"
    );
    let data = || [1e+308, 1e+308, -1e+308].into_iter();
    assert_eq!(mean(data()).repr_text(), "3.333333333333333e+307");
    assert_eq!(median(data()).repr_text(), "1e+308");
    assert_eq!(median_low(data()).repr_text(), "1e+308");
    assert_eq!(median_high(data()).repr_text(), "1e+308");
    assert_eq!(mode(data()).repr_text(), "1e+308");
    assert_eq!(stdev(data(), None).repr_text(), "1.1547005383792515e+308");
    assert_eq!(pstdev(data(), None).repr_text(), "9.428090415820633e+307");
    assert_eq!(multimode(data()).repr_text(), "[1e+308]");
    let data = || [5e-324, 1e-320, 3e-322].into_iter();
    assert_eq!(mean(data()).repr_text(), "3.434e-321");
    assert_eq!(fmean(data()).repr_text(), "3.434e-321");
    assert_eq!(median(data()).repr_text(), "3e-322");
    assert_eq!(median_low(data()).repr_text(), "3e-322");
    assert_eq!(median_high(data()).repr_text(), "3e-322");
    assert_eq!(mode(data()).repr_text(), "5e-324");
    assert_eq!(variance(data(), None).repr_text(), "0.0");
    assert_eq!(pvariance(data(), None).repr_text(), "0.0");
    assert_eq!(stdev(data(), None).repr_text(), "5.687e-321");
    assert_eq!(pstdev(data(), None).repr_text(), "4.644e-321");
    assert_eq!(
        quantiles(data(), 4, "exclusive").repr_text(),
        "[5e-324, 3e-322, 1e-320]"
    );
    assert_eq!(
        quantiles(data(), 10, "inclusive").repr_text(),
        "[6.4e-323, 1.24e-322, 1.83e-322, 2.4e-322, 3e-322, 2.243e-321, 4.18e-321, 6.12e-321, 8.06e-321]"
    );
    assert_eq!(multimode(data()).repr_text(), "[5e-324, 1e-320, 3e-322]");
    let data = || [1e+16, 1.0, -1e+16, 3.0].into_iter();
    assert_eq!(mean(data()).repr_text(), "1.0");
    assert_eq!(fmean(data()).repr_text(), "1.0");
    assert_eq!(median(data()).repr_text(), "2.0");
    assert_eq!(median_low(data()).repr_text(), "1.0");
    assert_eq!(median_high(data()).repr_text(), "3.0");
    assert_eq!(mode(data()).repr_text(), "1e+16");
    assert_eq!(variance(data(), None).repr_text(), "6.666666666666667e+31");
    assert_eq!(pvariance(data(), None).repr_text(), "5e+31");
    assert_eq!(stdev(data(), None).repr_text(), "8164965809277260.0");
    assert_eq!(pstdev(data(), None).repr_text(), "7071067811865475.0");
    assert_eq!(multimode(data()).repr_text(), "[1e+16, 1.0, -1e+16, 3.0]");
    let data = || {
        [
            6.819821366349666e+28,
            2.866037082970563e-15,
            990989644868.8152,
            69556540372296.88,
            8606.375331162682,
            904695.9845122367,
            10407580967.111153,
            2.111249836755983e+22,
            9.880720345194067e-14,
            2.849574619862052e-27,
            4820014227.475411,
            9.898060149215813e-26,
            3.440802007957944e-27,
            4.1046182734590883e-22,
            2.0125354035878452e-05,
            7.687918872773447e+24,
            11891722.712062337,
            6.145325285318087e-29,
            3778047.6896793004,
            3.3095414601900754e+25,
        ]
        .into_iter()
    };
    assert_eq!(mean(data()).repr_text(), "3.4119509054734886e+27");
    assert_eq!(fmean(data()).repr_text(), "3.4119509054734886e+27");
    assert_eq!(median(data()).repr_text(), "2341371.8370957687");
    assert_eq!(median_low(data()).repr_text(), "904695.9845122367");
    assert_eq!(median_high(data()).repr_text(), "3778047.6896793004");
    assert_eq!(mode(data()).repr_text(), "6.819821366349666e+28");
    assert_eq!(variance(data(), None).repr_text(), "2.3253522745661714e+56");
    assert_eq!(pvariance(data(), None).repr_text(), "2.209084660837863e+56");
    assert_eq!(stdev(data(), None).repr_text(), "1.524910579203309e+28");
    assert_eq!(pstdev(data(), None).repr_text(), "1.4862989809718174e+28");
    assert_eq!(
        multimode(data()).repr_text(),
        "[6.819821366349666e+28, 2.866037082970563e-15, 990989644868.8152, 69556540372296.88, 8606.375331162682, 904695.9845122367, 10407580967.111153, 2.111249836755983e+22, 9.880720345194067e-14, 2.849574619862052e-27, 4820014227.475411, 9.898060149215813e-26, 3.440802007957944e-27, 4.1046182734590883e-22, 2.0125354035878452e-05, 7.687918872773447e+24, 11891722.712062337, 6.145325285318087e-29, 3778047.6896793004, 3.3095414601900754e+25]"
    );
    let data = || [3.25, -1.5].into_iter();
    assert_eq!(mean(data()).repr_text(), "0.875");
    assert_eq!(fmean(data()).repr_text(), "0.875");
    assert_eq!(median(data()).repr_text(), "0.875");
    assert_eq!(median_low(data()).repr_text(), "-1.5");
    assert_eq!(median_high(data()).repr_text(), "3.25");
    assert_eq!(mode(data()).repr_text(), "3.25");
    assert_eq!(variance(data(), None).repr_text(), "11.28125");
    assert_eq!(pvariance(data(), None).repr_text(), "5.640625");
    assert_eq!(stdev(data(), None).repr_text(), "3.3587572106361008");
    assert_eq!(pstdev(data(), None).repr_text(), "2.375");
    assert_eq!(
        quantiles(data(), 4, "exclusive").repr_text(),
        "[-2.6875, 0.875, 4.4375]"
    );
    assert_eq!(
        quantiles(data(), 10, "inclusive").repr_text(),
        "[-1.025, -0.55, -0.075, 0.4, 0.875, 1.35, 1.825, 2.3, 2.775]"
    );
    assert_eq!(multimode(data()).repr_text(), "[3.25, -1.5]");
    let data = || [1_i64, 2_i64, 3_i64].into_iter();
    assert_eq!(mean(data()).repr_text(), "2");
    assert_eq!(fmean(data()).repr_text(), "2.0");
    assert_eq!(median(data()).repr_text(), "2");
    assert_eq!(median_low(data()).repr_text(), "2");
    assert_eq!(median_high(data()).repr_text(), "2");
    assert_eq!(mode(data()).repr_text(), "1");
    assert_eq!(variance(data(), None).repr_text(), "1");
    assert_eq!(pvariance(data(), None).repr_text(), "0.6666666666666666");
    assert_eq!(stdev(data(), None).repr_text(), "1.0");
    assert_eq!(pstdev(data(), None).repr_text(), "0.816496580927726");
    assert_eq!(
        quantiles(data(), 4, "exclusive").repr_text(),
        "[1.0, 2.0, 3.0]"
    );
    assert_eq!(
        quantiles(data(), 10, "inclusive").repr_text(),
        "[1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8]"
    );
    assert_eq!(multimode(data()).repr_text(), "[1, 2, 3]");
    let data = || [1_i64, 2_i64].into_iter();
    assert_eq!(mean(data()).repr_text(), "1.5");
    assert_eq!(fmean(data()).repr_text(), "1.5");
    assert_eq!(median(data()).repr_text(), "1.5");
    assert_eq!(median_low(data()).repr_text(), "1");
    assert_eq!(median_high(data()).repr_text(), "2");
    assert_eq!(mode(data()).repr_text(), "1");
    assert_eq!(variance(data(), None).repr_text(), "0.5");
    assert_eq!(pvariance(data(), None).repr_text(), "0.25");
    assert_eq!(stdev(data(), None).repr_text(), "0.7071067811865476");
    assert_eq!(pstdev(data(), None).repr_text(), "0.5");
    assert_eq!(
        quantiles(data(), 4, "exclusive").repr_text(),
        "[0.75, 1.5, 2.25]"
    );
    assert_eq!(
        quantiles(data(), 10, "inclusive").repr_text(),
        "[1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9]"
    );
    assert_eq!(multimode(data()).repr_text(), "[1, 2]");
    let data = || [2_i64, 4_i64, 6_i64].into_iter();
    assert_eq!(mean(data()).repr_text(), "4");
    assert_eq!(fmean(data()).repr_text(), "4.0");
    assert_eq!(median(data()).repr_text(), "4");
    assert_eq!(median_low(data()).repr_text(), "4");
    assert_eq!(median_high(data()).repr_text(), "4");
    assert_eq!(mode(data()).repr_text(), "2");
    assert_eq!(variance(data(), None).repr_text(), "4");
    assert_eq!(pvariance(data(), None).repr_text(), "2.6666666666666665");
    assert_eq!(stdev(data(), None).repr_text(), "2.0");
    assert_eq!(pstdev(data(), None).repr_text(), "1.632993161855452");
    assert_eq!(
        quantiles(data(), 4, "exclusive").repr_text(),
        "[2.0, 4.0, 6.0]"
    );
    assert_eq!(
        quantiles(data(), 10, "inclusive").repr_text(),
        "[2.4, 2.8, 3.2, 3.6, 4.0, 4.4, 4.8, 5.2, 5.6]"
    );
    assert_eq!(multimode(data()).repr_text(), "[2, 4, 6]");
    let data = || [7_i64, 7_i64, 8_i64, 9_i64].into_iter();
    assert_eq!(mean(data()).repr_text(), "7.75");
    assert_eq!(fmean(data()).repr_text(), "7.75");
    assert_eq!(median(data()).repr_text(), "7.5");
    assert_eq!(median_low(data()).repr_text(), "7");
    assert_eq!(median_high(data()).repr_text(), "8");
    assert_eq!(mode(data()).repr_text(), "7");
    assert_eq!(variance(data(), None).repr_text(), "0.9166666666666666");
    assert_eq!(pvariance(data(), None).repr_text(), "0.6875");
    assert_eq!(stdev(data(), None).repr_text(), "0.9574271077563381");
    assert_eq!(pstdev(data(), None).repr_text(), "0.82915619758885");
    assert_eq!(
        quantiles(data(), 4, "exclusive").repr_text(),
        "[7.0, 7.5, 8.75]"
    );
    assert_eq!(
        quantiles(data(), 10, "inclusive").repr_text(),
        "[7.0, 7.0, 7.0, 7.2, 7.5, 7.8, 8.1, 8.4, 8.7]"
    );
    assert_eq!(multimode(data()).repr_text(), "[7]");
    let data = || [100000000000000000_i64, 1_i64, 3_i64].into_iter();
    assert_eq!(mean(data()).repr_text(), "3.3333333333333336e+16");
    assert_eq!(fmean(data()).repr_text(), "3.3333333333333332e+16");
    assert_eq!(median(data()).repr_text(), "3");
    assert_eq!(median_low(data()).repr_text(), "3");
    assert_eq!(median_high(data()).repr_text(), "3");
    assert_eq!(mode(data()).repr_text(), "100000000000000000");
    assert_eq!(variance(data(), None).repr_text(), "3.3333333333333333e+33");
    assert_eq!(
        pvariance(data(), None).repr_text(),
        "2.2222222222222222e+33"
    );
    assert_eq!(stdev(data(), None).repr_text(), "5.773502691896258e+16");
    assert_eq!(pstdev(data(), None).repr_text(), "4.714045207910317e+16");
    assert_eq!(multimode(data()).repr_text(), "[100000000000000000, 1, 3]");
    let data = || [5_i64, -3_i64, 9_i64, 9_i64, 2_i64, 2_i64].into_iter();
    assert_eq!(mean(data()).repr_text(), "4");
    assert_eq!(fmean(data()).repr_text(), "4.0");
    assert_eq!(median(data()).repr_text(), "3.5");
    assert_eq!(median_low(data()).repr_text(), "2");
    assert_eq!(median_high(data()).repr_text(), "5");
    assert_eq!(mode(data()).repr_text(), "9");
    assert_eq!(variance(data(), None).repr_text(), "21.6");
    assert_eq!(pvariance(data(), None).repr_text(), "18");
    assert_eq!(stdev(data(), None).repr_text(), "4.6475800154489");
    assert_eq!(pstdev(data(), None).repr_text(), "4.242640687119285");
    assert_eq!(
        quantiles(data(), 4, "exclusive").repr_text(),
        "[0.75, 3.5, 9.0]"
    );
    assert_eq!(
        quantiles(data(), 10, "inclusive").repr_text(),
        "[-0.5, 2.0, 2.0, 2.0, 3.5, 5.0, 7.0, 9.0, 9.0]"
    );
    assert_eq!(multimode(data()).repr_text(), "[9, 2]");
    let (x, y) = (
        [
            0.09470803828730423,
            1.2500243810835503,
            -0.931378367720707,
            0.9923772805192402,
            -0.25915453769343405,
            -0.26151098398117395,
            1.8997252784647571,
            0.1575370716337192,
            -0.042924253792244314,
            0.7294984864356091,
        ],
        [
            1.1268539623838552,
            -0.030843275034930208,
            0.5879937451803643,
            -0.9737243574656976,
            -0.3667904699805292,
            -0.4381250344027819,
            -1.3322831645911484,
            -1.5085141271610722,
            -1.6269127299570283,
            -0.23865285544380352,
        ],
    );
    assert_eq!(correlation(x, y).repr_text(), "-0.34503169802262873");
    assert_eq!(covariance(x, y).repr_text(), "-0.2629773044372052");
    assert_eq!(
        linear_regression(x, y).repr_text(),
        "(-0.36922054476151617, -0.34611329879555774)"
    );
    assert_eq!(
        geometric_mean([1.5, 2.0, 8.25]).repr_text(),
        "2.914238341625728"
    );
    assert_eq!(
        try_mean(Vec::<i64>::new()).unwrap_err().traceback_line(),
        "statistics.StatisticsError: mean requires at least one data point"
    );
}
