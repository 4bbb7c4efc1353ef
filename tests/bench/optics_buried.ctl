; SPDX-License-Identifier: GPL-3.0-or-later
; MPB on the buried Gaussian guide, n = 1.5065 + 0.012 exp(-(x/4)^2 - (y/3)^2), 1.31 um; lengths in um.
; MPB wants a wave vector and gives a frequency: find-k turns that round by Newton's method on the group velocity.
; Smooth index, so mesh-size 1 (no averaging) and the error falls exponentially with the resolution.
(define-param sx 26)
(define-param sy 24)
(define-param px 0.7)            ; grid points a um
(define-param start-index 1.5121) ; within 1e-4 of the answer: to MPB's favour
(define-param k-tolerance 1e-8)
(define wavelength 1.31)
(define (glass p)
  (make dielectric
    (index (+ 1.5065 (* 0.012 (exp (- (+ (sqr (/ (vector3-x p) 4)) (sqr (/ (vector3-y p) 3))))))))))
(set! default-material (make material-function (material-func glass)))
(set! geometry-lattice (make lattice (size sx sy no-size)))
(set-param! resolution px)
(set-param! mesh-size 1)
(set-param! tolerance 1e-8)
(set-param! simple-preconditioner? true) ; a fifth quicker here
(set! num-bands 1)
(define (report name parity)
  (let ((k (find-k parity (/ wavelength) 1 1 (vector3 0 0 1) k-tolerance (/ start-index wavelength)
                   (/ 1.5066 wavelength) (/ 1.5184 wavelength))))
    (print "effective_index " name " " (number->string (* wavelength (car k))) "\n")))
(report "TE" EVEN-Y) ; E along x
(report "TM" ODD-Y)
